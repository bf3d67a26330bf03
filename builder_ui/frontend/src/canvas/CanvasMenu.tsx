// The menu at a place of the canvas: what may follow a wire, which port to connect, to which step.
import { useClickOutside } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import { useBuilder, useBuilderStore } from '../builder/store';
import { usePalette } from '../builder/palette';
import { append, newNode } from '../document/edits';
import { frameId, noteId, type Position } from '../document/flow';
import { heightOf, type Cards } from '../document/drawing';
import { freePlace, placeAfter } from '../document/layout';
import { groupOf, mayEnter, titleOf } from '../document/schema';
import { textsOf } from '../document/searching';
import { titleOfNode } from '../document/template';
import { Picker, type Pick } from '../ui/Picker';

const THERE = 'there:'; // a step of this flow, among types of steps

type From = { source: string; port: string };
export type MenuRequest =
  | { kind: 'follow'; from: From; place: Position | null; screen: Position }
  | { kind: 'port'; source: string; screen: Position }
  | { kind: 'target'; from: From; screen: Position }
  | { kind: 'find'; screen: Position };

type Props = { request: MenuRequest; cards: Cards; onNext: (request: MenuRequest) => void; onClose: () => void };

export function CanvasMenu({ request, cards, onNext, onClose }: Props) {
  const { t } = useTranslation('builder');
  const store = useBuilderStore();
  const types = useBuilder((builder) => builder.types);
  const language = useBuilder((builder) => builder.language);
  const document = useBuilder((builder) => builder.edited.document);
  const palette = usePalette();
  const box = useClickOutside(onClose);
  const textsById = new Map(request.kind === 'find' ? document.nodes.map((node) => [node.id, textsOf(node)]) : []);
  const steps = (only: (id: string) => boolean): Pick[] =>
    document.nodes.filter((node) => only(node.id)).map((node) => ({
      id: node.id,
      title: titleOfNode(node, types, language),
      hint: titleOf(types.types[node.type] ?? {}, language),
    }));

  const typeOf = (id: string) => types.types[document.nodes.find((node) => node.id === id)?.type ?? ''];
  /** How a flow begins and ends is seldom what comes next. */
  const ends = (pick: Pick) => (groupOf(types.types[pick.id]) === 'start' ? 1 : 0);

  function picks(): Pick[] {
    switch (request.kind) {
      case 'follow':
        return [
          ...palette.filter((pick) => mayEnter(types.types[pick.id])).toSorted((one, other) => ends(one) - ends(other)),
          ...steps((id) => mayEnter(typeOf(id))).map((pick) => ({ ...pick, id: `${THERE}${pick.id}`, group: t('menu.there') })),
        ];
      case 'port':
        return (cards.get(request.source)?.ports ?? []).map((port) => ({ id: port.id, title: port.title, hint: port.fate }));
      case 'target':
        return steps((id) => mayEnter(typeOf(id)));
      case 'find':
        return [
          ...steps(() => true).map((pick) => ({ ...pick, texts: textsById.get(pick.id) ?? '' })),
          ...(document.notes ?? []).map((note) => ({ id: noteId(note.id), title: note.text.slice(0, 60), hint: t('note.label'), texts: note.text })),
          ...(document.frames ?? []).map((frame) => ({ id: frameId(frame.id), title: frame.label ?? '', hint: t('frame.label') })),
        ];
    }
  }

  function onPick(id: string) {
    const { change, open, look } = store.getState();
    onClose();
    switch (request.kind) {
      case 'follow': {
        if (id.startsWith(THERE)) return change({ kind: 'wire', ...request.from, target: id.slice(THERE.length) });
        const source = cards.get(request.from.source);
        const wanted = request.place === null ? placeAfter(source) : { x: Math.round(request.place.x), y: Math.round(request.place.y - 25) };
        const boxes = [...cards.values()].map((card) => card.box);
        const fresh = newNode(document, types, id, wanted);
        const node = { ...fresh, position: freePlace(wanted, heightOf(fresh, document, types, language), boxes) };
        change(append(document, types, node, request.from));
        open(node.id);
        return;
      }
      case 'port':
        onNext({ kind: 'target', from: { source: request.source, port: id }, screen: request.screen });
        return;
      case 'target':
        change({ kind: 'wire', ...request.from, target: id });
        return;
      case 'find':
        if (id.includes(':')) store.getState().select([id]);
        else open(id);
        look([id]);
        return;
    }
  }

  const left = Math.min(request.screen.x, window.innerWidth - 280);
  const top = Math.min(request.screen.y, window.innerHeight - 400);
  return (
    <div ref={box} className="cv-menu" style={{ left, top: Math.max(56, top) }}>
      <Picker key={request.kind} label={t(`menu.${request.kind}`)} picks={picks()} onPick={onPick} onClose={onClose} />
    </div>
  );
}
