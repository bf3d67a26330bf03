// What came of a request that was tried: status, time, the way the step would take, what was sent, the headers.
import { IconAlertCircle, IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useBuilder } from '../builder/store';
import type { FlowNode } from '../document/flow';
import type { Json } from '../document/json';
import { portsOf } from '../document/ports';
import { chipOf, namesOf } from '../document/template';
import { Chip } from '../ui/Chip';
import { sizeShown } from '../ui/numbers';
import type { Came } from './trying-api';

export function Outcome({ came, node }: { came: Came; node: FlowNode }) {
  const { t } = useTranslation('trying');
  const document = useBuilder((builder) => builder.edited.document);
  const types = useBuilder((builder) => builder.types);
  const language = useBuilder((builder) => builder.language);
  const port = portsOf(node, types, language, document, new Set()).find((each) => each.id === came.port)?.title;
  const names = namesOf(document, types, language);
  const { sent } = came;
  const query = new URLSearchParams(sent.query).toString();
  return (
    <div className="try-outcome" role="status">
      <div className="row">
        {came.status > 0 && <Chip tone={came.ok ? 'ok' : 'bad'}>{`HTTP ${String(came.status)}`}</Chip>}
        <span className="muted xs num">
          {came.status > 0
            ? t('took', { time: came.milliseconds.toLocaleString(language), size: sizeShown(came.size, language) })
            : t('tookNone', { time: came.milliseconds.toLocaleString(language) })}
        </span>
      </div>
      {!came.ok && (
        <p className="try-why">
          <IconAlertCircle size={14} />
          <span>
            {t(`reasons.${came.reason === '' ? 'status' : came.reason}`, { status: came.status })}
            {came.status === 0 && came.error !== '' && <span className="muted xs"> {came.error}</span>}
          </span>
        </p>
      )}
      {came.cut && <p className="try-real"><IconAlertTriangle size={14} />{t('cut')}</p>}
      {came.lacks.length > 0 && (
        <p className="try-real"><IconAlertTriangle size={14} />{t('lacks', { names: came.lacks.map((name) => chipOf(name, names)).join(', ') })}</p>
      )}
      {port !== undefined && <p>{t('leaves')} <b>{port}</b></p>}
      <Details title={t('sent')} first={`${sent.method} ${sent.url}${query === '' ? '' : `${sent.url.includes('?') ? '&' : '?'}${query}`}`} pairs={sent.headers} body={sent.body} />
      {sent.secret !== null && <span className="frame-hint">{t('secret', { name: sent.secret })}</span>}
      {came.status > 0 && <Details title={t('headers')} pairs={came.headers} />}
    </div>
  );
}

type DetailsOf = { title: string; first?: string; pairs: Record<string, string>; body?: Json };

function Details({ title, first, pairs, body = null }: DetailsOf) {
  const lines = [...(first === undefined ? [] : [first]), ...Object.entries(pairs).map(([name, value]) => `${name}: ${value}`)];
  const written = body === null ? '' : typeof body === 'string' ? body : JSON.stringify(body, null, 2);
  return (
    <details>
      <summary>{title}</summary>
      <pre className="try-code" tabIndex={0}>{[...lines, ...(written === '' ? [] : ['', written])].join('\n')}</pre>
    </details>
  );
}
