// The one card for all node types: header, summary and ports from the schema; draws less when far away.
import { Handle, Position, type NodeProps } from '@xyflow/react';
import { IconAlertCircle, IconAlertTriangle } from '@tabler/icons-react';
import { memo } from 'react';
import { useBuilderStore } from '../builder/store';
import { handleAt, type Card } from '../document/card';
import { groupOf, groupTitle, tileOf, titleOf } from '../document/schema';
import { textOf } from '../document/json';
import { emsOf } from '../document/lines';
import type { Port } from '../document/ports';
import { Tile } from '../ui/Tile';
import { CardCounts, PortCount } from './Counts';
import { ENTRY_HANDLE, type CardNode, type CardTrail } from './shapes';
import { useWording } from './wording';

const signs = { new: '+', changed: '≠', removed: '−' };
const TALL = 120; // room for the tile above two lines of the name, seen from far

function NodeCardView({ data, selected }: NodeProps<CardNode>) {
  const { card, foot, errors, warnings, fresh, trail, heat, mark, detail } = data;
  const { node, ports } = card;
  const { t, types, language } = useWording();
  const schema = types.types[node.type];
  const kind = schema === undefined ? node.type : titleOf(schema, language);
  const label = node.label ?? '';
  const isNamed = label !== '';
  const name = isNamed ? label : kind;
  const above = isNamed ? kind : groupTitle(types, groupOf(schema), language);
  const tile = { group: groupOf(schema), icon: textOf(schema?.['x-icon']), shape: tileOf(schema) };
  return (
    <div className={`cv-card ${selected ? 'is-selected' : ''} ${trailClass(trail)} ${mark === null ? '' : `is-${mark}`} ${fresh ? 'is-fresh' : ''}`} style={{ height: card.box.height }}>
      <Handle type="target" id={ENTRY_HANDLE} position={Position.Left} className="cv-entry" isConnectableStart={false} />
      {trail.step > 0 && (
        <span className="cv-step num" title={t('card.step', { place: trail.step })}>
          {trail.step}
        </span>
      )}
      {mark !== null ? (
        <span className="cv-mark" title={t(`changes.${mark}`)}>
          {signs[mark]}
        </span>
      ) : heat !== null ? (
        <CardCounts heat={heat} />
      ) : errors > 0 ? (
        <span className="cv-badge is-error" title={t('card.errors', { count: errors })}>
          <IconAlertCircle size={12} /> {errors}
        </span>
      ) : (
        warnings > 0 && (
          <span className="cv-badge is-warning" title={t('card.warnings', { count: warnings })}>
            <IconAlertTriangle size={12} /> {warnings}
          </span>
        )
      )}
      {detail === 'full' ? (
        <>
          <div className="cv-head">
            <Tile {...tile} />
            <div className="grow">
              <div className="cv-kind">{above}</div>
              <div className="cv-name ell" title={name}>
                {name}
              </div>
            </div>
          </div>
          {card.lines.length > 0 && <Summary card={card} />}
          {card.rows.length > 0 && (
            <div className="cv-ports">
              {card.rows.map((port) => (
                <div key={port.id} className="cv-port">
                  <span className="ell grow" title={port.title}>
                    {port.title}
                  </span>
                  {heat === null ? <span className={`cv-fate ${port.missing ? 'is-missing' : ''}`}>{port.fate}</span> : <PortCount heat={heat} port={port.id} />}
                </div>
              ))}
            </div>
          )}
        </>
      ) : (
        <div className={`cv-far ${card.box.height >= TALL ? 'is-tall' : ''}`} style={farStyle(name)}>
          <Tile {...tile} size={42} />
          {detail === 'name' && <span>{name}</span>}
        </div>
      )}
      {detail !== 'tile' && ports.map((port) => (
        <PortHandle key={port.id} card={card} port={port} foot={foot} />
      ))}
    </div>
  );
}

export const NodeCard = memo(NodeCardView);

function trailClass({ step, here, pointed }: CardTrail): string {
  return [step > 0 ? 'is-visited' : '', here ? 'is-running' : '', pointed ? 'is-pointed' : ''].join(' ');
}

/** How wide the name's longest word is, in ems: the name shrinks until that word is whole. */
function farStyle(name: string) {
  const style: Record<`--${string}`, number> = { '--longest': Math.max(...name.split(/[\s-]+/).map(emsOf)) };
  return style;
}

function Summary({ card }: { card: Card }) {
  return (
    <div className="cv-summary">
      {card.lines.map((line, index) => (
        <div key={index} className="ell">
          {line.map((bit, place) =>
            bit.chip ? (
              <span key={place} className="ui-var">
                {bit.text}
              </span>
            ) : (
              bit.text
            ),
          )}
        </div>
      ))}
    </div>
  );
}

function PortHandle({ card, port, foot }: { card: Card; port: Port; foot: boolean }) {
  const store = useBuilderStore();
  const isShown = card.only?.id === port.id || card.rows.some((row) => row.id === port.id);
  if (!isShown) return null;
  const place = handleAt(card, port.id, foot);
  const state = port.wired ? 'is-wired' : port.missing ? 'is-missing' : 'is-open';
  return (
    <Handle
      type="source"
      id={port.id}
      position={foot && card.only !== null ? Position.Bottom : Position.Right}
      className={`cv-handle ${state}`}
      style={{ left: place.x, top: place.y }}
      isConnectableEnd={false}
      onClickCapture={(event) => {
        const { readOnly, hand } = store.getState();
        if (port.wired || readOnly || hand === null) return;
        event.stopPropagation();
        hand.follow({ source: card.node.id, port: port.id });
      }}
      title={card.only === null ? undefined : port.title}
    />
  );
}
