// A folded frame: one card with its title, how many steps it holds, and a way out for each wire that leaves it.
import { Handle, Position, type NodeProps } from '@xyflow/react';
import { IconFrame } from '@tabler/icons-react';
import { memo } from 'react';
import { handleAt } from '../document/card';
import { ENTRY_HANDLE, type FoldedNode } from './shapes';

function FoldedCardView({ data, selected }: NodeProps<FoldedNode>) {
  const { card, frame } = data;
  return (
    <div className={`cv-card cv-folded is-${frame.color ?? 'sand'} ${selected ? 'is-selected' : ''}`} style={{ height: card.box.height }}>
      <Handle type="target" id={ENTRY_HANDLE} position={Position.Left} className="cv-entry" isConnectable={false} />
      <div className="cv-head">
        <IconFrame size={20} aria-hidden />
        <div className="cv-name ell grow" title={card.node.label}>
          {card.node.label}
        </div>
      </div>
      <div className="cv-summary">{card.lines[0]?.[0]?.text}</div>
      {card.rows.length > 0 && (
        <div className="cv-ports">
          {card.rows.map((port) => (
            <div key={port.id} className="cv-port">
              <span className="ell grow" title={port.title}>
                {port.title}
              </span>
            </div>
          ))}
        </div>
      )}
      {card.ports.map((port) => {
        const place = handleAt(card, port.id, false);
        return (
          <Handle
            key={port.id}
            type="source"
            id={port.id}
            position={Position.Right}
            className="cv-handle is-wired"
            style={{ left: place.x, top: place.y }}
            isConnectable={false}
          />
        );
      })}
    </div>
  );
}

export const FoldedCard = memo(FoldedCardView);
