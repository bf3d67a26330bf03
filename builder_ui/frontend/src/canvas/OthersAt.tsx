// The initials of whoever else is at a step, at the card's upper left corner.
import { ViewportPortal } from '@xyflow/react';
import { people } from '../builder/others';
import { useBuilder } from '../builder/store';
import type { Card } from '../document/card';
import { Avatar } from '../ui/Avatar';

export function OthersAt({ cards }: { cards: ReadonlyMap<string, Card> }) {
  const others = people(useBuilder((builder) => builder.others));
  const steps = new Set(others.flatMap(({ step }) => step ?? []));
  return (
    <ViewportPortal>
      {[...steps].map((step) => {
        const box = cards.get(step)?.box;
        return box === undefined ? null : (
          <div key={step} className="cv-others" aria-hidden style={{ transform: `translate(${String(box.x - 10)}px, ${String(box.y - 12)}px)` }}>
            {others
              .filter((other) => other.step === step)
              .map(({ member, name }) => (
                <Avatar key={member} name={name} size="s" />
              ))}
          </div>
        );
      })}
    </ViewportPortal>
  );
}
