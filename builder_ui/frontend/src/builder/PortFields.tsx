// Where each way out of a step leads, as fields, to a step that is there or a new one: what must be connected stands unfolded.
import { Select, type OptionsFilter } from '@mantine/core';
import { IconChevronRight } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { nodeById, wireFrom, wireId } from '../document/flow';
import { portsOf, type Port } from '../document/ports';
import { mayEnter } from '../document/schema';
import { titleOfNode } from '../document/template';
import { FieldError } from '../forms/FieldError';
import { useForm } from '../forms/form';
import { fold } from '../ui/fold';
import { useBuilder } from './store';

export function PortFields({ id }: { id: string }) {
  const { t } = useTranslation('builder');
  const { document, types, language } = useForm();
  const [open, setOpen] = useState(false);
  const node = nodeById(document, id);
  if (node === undefined) return null;
  const ports = portsOf(node, types, language, document, new Set(document.edges.filter((edge) => edge.source === id).map(wireId)));
  if (ports.length === 0) return null;
  const missing = ports.filter((port) => port.missing);
  const others = ports.filter((port) => !port.missing);
  const wired = ports.filter((port) => port.wired).length;
  return (
    <>
      {missing.length > 0 && (
        <div className="form bld-missing">
          {missing.map((port) => (
            <PortField key={port.id} id={id} port={port} />
          ))}
        </div>
      )}
      {others.length > 0 && (
        <div className="folded bld-ways">
          <button type="button" className="folded-head" aria-expanded={open} onClick={() => setOpen(!open)}>
            <IconChevronRight size={14} className={open ? 'is-open' : ''} />
            <b>{t('ways.title')}</b>
            <span className="muted ell">{t('ways.count', { wired, all: ports.length })}</span>
          </button>
          {open && (
            <div className="form folded-body">
              {others.map((port) => (
                <PortField key={port.id} id={id} port={port} />
              ))}
            </div>
          )}
        </div>
      )}
    </>
  );
}

const NEW = '+';
const MOST = 60; // steps in the list; who looks for another types a part of its name
const closedIsGone = { keepMounted: false }; // else every step of the flow stands in the page for every way out

function PortField({ id, port }: { id: string; port: Port }) {
  const { t } = useTranslation('builder');
  const { document, types, language, readOnly } = useForm();
  const change = useBuilder((builder) => builder.change);
  const hand = useBuilder((builder) => builder.hand);
  const isFresh = useBuilder((builder) => builder.fresh.has(id));
  const targets = document.nodes.filter((node) => mayEnter(types.types[node.type]));
  const wire = wireFrom(document, id, port.id);
  const steps = targets.map((node) => ({ value: node.id, label: titleOfNode(node, types, language) }));
  return (
    <Select
      label={port.title}
      placeholder={port.missing ? t('ways.choose') : port.fate}
      error={port.missing && !isFresh ? <FieldError text={t('ways.missing')} /> : undefined}
      searchable
      clearable
      disabled={readOnly}
      data={wire === undefined ? [{ value: NEW, label: t('ways.new') }, ...steps] : steps}
      filter={filter}
      limit={MOST}
      comboboxProps={closedIsGone}
      value={wire?.target ?? null}
      onChange={(target) => {
        if (target === NEW) hand?.follow({ source: id, port: port.id });
        else change({ kind: 'wire', source: id, port: port.id, target });
      }}
    />
  );
}

/** By words without case and accents; a new step always shows. */
const filter: OptionsFilter = ({ options, search, limit }) =>
  options.filter((option) => 'items' in option || option.value === NEW || fold(option.label).includes(fold(search))).slice(0, limit);
