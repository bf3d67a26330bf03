// The one list of all that can be done while drawing: the command palette, menus, shortcuts and their help read it.
import {
  IconAlertCircle,
  IconArrowBackUp,
  IconArrowForwardUp,
  IconChartBar,
  IconClipboard,
  IconClockHour4,
  IconCommand,
  IconCopy,
  IconCopyPlus,
  IconDownload,
  IconEdit,
  IconFrame,
  IconFrameOff,
  IconHistory,
  IconKeyboard,
  IconLayoutAlignBottom,
  IconLayoutAlignCenter,
  IconLayoutAlignLeft,
  IconLayoutAlignMiddle,
  IconLayoutAlignRight,
  IconLayoutAlignTop,
  IconLayoutDistributeHorizontal,
  IconLayoutDistributeVertical,
  IconLayoutGrid,
  IconListSearch,
  IconMap2,
  IconMaximize,
  IconNote,
  IconPlayerPlay,
  IconPlayerStop,
  IconPlus,
  IconScissors,
  IconSearch,
  IconSelectAll,
  IconSettings,
  IconTrash,
  IconUpload,
  IconVectorBezier2,
  IconZoomIn,
  IconZoomOut,
  IconZoomReset,
  IconZoomScan,
} from '@tabler/icons-react';
import {
  align,
  arrange,
  chosen,
  distribute,
  duplicate,
  framesSelected,
  frameSelected,
  nudge,
  resizeNotes,
  removeSelected,
  unframeSelected,
} from '../../canvas/editing';
import { download, fileOf } from '../../flows/files';
import { drawnIds, type Position } from '../../document/flow';
import { addNote } from '../notes';
import { nextProblem } from '../problems';
import type { Builder } from '../store';
import type { Action } from './action';

const some = ({ selected }: Builder) => selected.size > 0;
const oneStep = ({ selected }: Builder) => chosen(selected).nodes.length === 1;
const steps = (count: number) => ({ selected }: Builder) => chosen(selected).nodes.length >= count;
const STEP = 8; // the grid of the canvas, in px

const edit: Action[] = [
  { id: 'undo', section: 'edit', icon: IconArrowBackUp, keys: ['Mod+z'], where: 'anywhere', writes: true, can: ({ edited }) => edited.history.done.length > 0, run: ({ store }) => store.getState().undo() },
  { id: 'redo', section: 'edit', icon: IconArrowForwardUp, keys: ['Mod+y', 'Mod+Shift+z'], where: 'anywhere', writes: true, can: ({ edited }) => edited.history.undone.length > 0, run: ({ store }) => store.getState().redo() },
  { id: 'cut', section: 'edit', icon: IconScissors, keys: ['Mod+x'], native: true, writes: true, can: some, run: ({ hand }) => hand.copy(true) },
  { id: 'copy', section: 'edit', icon: IconCopy, keys: ['Mod+c'], native: true, can: some, run: ({ hand }) => hand.copy(false) },
  { id: 'paste', section: 'edit', icon: IconClipboard, keys: ['Mod+v'], native: true, writes: true, run: ({ hand }) => hand.paste() },
  { id: 'duplicate', section: 'edit', icon: IconCopyPlus, keys: ['Mod+d'], where: 'page', writes: true, can: some, run: ({ store, hand }) => hand.show(duplicate(store, hand.cards())) },
  { id: 'remove', section: 'edit', icon: IconTrash, keys: ['Delete', 'Backspace'], writes: true, can: (state) => some(state) || state.wire !== null, run: ({ store, says }) => removeSelected(store, says) },
  { id: 'selectAll', section: 'edit', icon: IconSelectAll, keys: ['Mod+a'], where: 'page', run: ({ store }) => store.getState().select(drawnIds(store.getState().edited.document)) },
];

const stepActions: Action[] = [
  { id: 'add', section: 'steps', icon: IconPlus, keys: ['a'], writes: true, run: ({ hand }) => hand.add() },
  { id: 'open', section: 'steps', icon: IconEdit, keys: ['Enter'], can: oneStep, run: ({ hand }) => hand.open() },
  { id: 'connect', section: 'steps', icon: IconVectorBezier2, keys: ['c'], writes: true, can: oneStep, run: ({ hand }) => hand.connect() },
  { id: 'walk', section: 'steps', keys: ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown'], keysOnly: true, run: ({ hand, key }) => hand.walk(key) },
  { id: 'note', section: 'steps', icon: IconNote, keys: ['n'], writes: true, run: ({ store }) => addNote(store.getState()) },
  { id: 'frame', section: 'steps', icon: IconFrame, keys: ['Mod+g'], where: 'page', writes: true, can: steps(1), run: ({ store }) => frameSelected(store) },
  { id: 'unframe', section: 'steps', icon: IconFrameOff, keys: ['Mod+Shift+g'], where: 'page', writes: true, can: (state) => framesSelected(state).length > 0, run: ({ store }) => unframeSelected(store) },
];

const arranging: Action[] = [
  { id: 'arrange', section: 'arrange', icon: IconLayoutGrid, keys: ['l'], writes: true, run: ({ store, hand }) => arrange(store, hand.cards()) },
  { id: 'alignLeft', section: 'arrange', icon: IconLayoutAlignLeft, keys: ['Alt+a'], writes: true, can: steps(2), run: ({ store, hand }) => align(store, hand.cards(), 'left') },
  { id: 'alignCentre', section: 'arrange', icon: IconLayoutAlignCenter, keys: ['Alt+h'], writes: true, can: steps(2), run: ({ store, hand }) => align(store, hand.cards(), 'centre') },
  { id: 'alignRight', section: 'arrange', icon: IconLayoutAlignRight, keys: ['Alt+d'], writes: true, can: steps(2), run: ({ store, hand }) => align(store, hand.cards(), 'right') },
  { id: 'alignTop', section: 'arrange', icon: IconLayoutAlignTop, keys: ['Alt+w'], writes: true, can: steps(2), run: ({ store, hand }) => align(store, hand.cards(), 'top') },
  { id: 'alignMiddle', section: 'arrange', icon: IconLayoutAlignMiddle, keys: ['Alt+v'], writes: true, can: steps(2), run: ({ store, hand }) => align(store, hand.cards(), 'middle') },
  { id: 'alignBottom', section: 'arrange', icon: IconLayoutAlignBottom, keys: ['Alt+s'], writes: true, can: steps(2), run: ({ store, hand }) => align(store, hand.cards(), 'bottom') },
  { id: 'spreadAcross', section: 'arrange', icon: IconLayoutDistributeVertical, keys: ['Alt+Shift+h'], writes: true, can: steps(3), run: ({ store, hand }) => distribute(store, hand.cards(), 'across') },
  { id: 'spreadDown', section: 'arrange', icon: IconLayoutDistributeHorizontal, keys: ['Alt+Shift+v'], writes: true, can: steps(3), run: ({ store, hand }) => distribute(store, hand.cards(), 'down') },
  {
    id: 'nudge',
    section: 'arrange',
    keys: ['Alt+ArrowLeft', 'Alt+ArrowRight', 'Alt+ArrowUp', 'Alt+ArrowDown'],
    keysOnly: true,
    writes: true,
    can: some,
    run: ({ store, hand, key }) => {
      const way = stepOf(key);
      if (way !== undefined) nudge(store, hand.cards(), way);
    },
  },
  {
    id: 'resize',
    section: 'arrange',
    keys: ['Alt+Shift+ArrowLeft', 'Alt+Shift+ArrowRight', 'Alt+Shift+ArrowUp', 'Alt+Shift+ArrowDown'],
    keysOnly: true,
    writes: true,
    can: ({ selected }) => [...selected].some((id) => id.startsWith('note:')),
    run: ({ store, key }) => {
      const way = stepOf(key);
      if (way !== undefined) resizeNotes(store, way);
    },
  },
];

/** A step of the drawing in the way of an arrow. */
function stepOf(key: string): Position | undefined {
  const ways: Record<string, Position> = { ArrowLeft: { x: -STEP, y: 0 }, ArrowRight: { x: STEP, y: 0 }, ArrowUp: { x: 0, y: -STEP }, ArrowDown: { x: 0, y: STEP } };
  return ways[key];
}

const view: Action[] = [
  { id: 'commands', section: 'view', icon: IconCommand, keys: ['Mod+k'], where: 'anywhere', run: ({ store }) => store.getState().set({ asks: 'commands' }) },
  { id: 'find', section: 'view', icon: IconSearch, keys: ['/', 'Mod+f'], where: 'page', run: ({ store }) => store.getState().set({ finding: true }) },
  { id: 'uses', section: 'view', icon: IconListSearch, keys: ['u'], run: ({ store }) => store.getState().set({ asks: 'uses' }) },
  { id: 'fit', section: 'view', icon: IconMaximize, keys: ['Shift+1'], where: 'page', run: ({ hand }) => hand.fit() },
  { id: 'fitSelected', section: 'view', icon: IconZoomScan, keys: ['Shift+2'], where: 'page', can: some, run: ({ store }) => store.getState().look([...store.getState().selected]) },
  { id: 'zoomIn', section: 'view', icon: IconZoomIn, keys: ['+', '='], where: 'page', run: ({ hand }) => hand.zoom('in') },
  { id: 'zoomOut', section: 'view', icon: IconZoomOut, keys: ['-'], where: 'page', run: ({ hand }) => hand.zoom('out') },
  { id: 'zoomReal', section: 'view', icon: IconZoomReset, keys: ['Shift+0'], where: 'page', run: ({ hand }) => hand.zoom('real') },
  { id: 'minimap', section: 'view', icon: IconMap2, keys: ['m'], run: ({ hand }) => hand.minimap() },
  { id: 'nextProblem', section: 'view', icon: IconAlertCircle, keys: ['F8'], where: 'anywhere', run: ({ store }) => nextProblem(store, 1) },
  { id: 'previousProblem', section: 'view', icon: IconAlertCircle, keys: ['Shift+F8'], where: 'anywhere', run: ({ store }) => nextProblem(store, -1) },
  { id: 'shortcuts', section: 'view', icon: IconKeyboard, keys: ['?'], where: 'page', run: ({ store }) => store.getState().set({ asks: 'shortcuts' }) },
];

const whole: Action[] = [
  { id: 'simulate', section: 'flow', icon: IconPlayerPlay, keys: ['Mod+Enter'], where: 'anywhere', run: ({ store }) => store.getState().set({ opened: null, side: 'simulator' }) },
  { id: 'results', section: 'flow', icon: IconChartBar, run: ({ store }) => store.getState().set({ opened: null, side: 'results' }) },
  { id: 'settings', section: 'flow', icon: IconSettings, run: ({ store }) => store.getState().set({ opened: null, side: 'settings' }) },
  { id: 'drafts', section: 'flow', icon: IconClockHour4, run: ({ store }) => store.getState().set({ opened: null, side: 'drafts' }) },
  { id: 'history', section: 'flow', icon: IconHistory, run: ({ store }) => store.getState().set({ opened: null, side: 'history' }) },
  { id: 'export', section: 'flow', icon: IconDownload, run: ({ store }) => download(fileOf(store.getState().edited.document)) },
  { id: 'stop', section: 'flow', icon: IconPlayerStop, writes: true, can: (state) => state.live !== null, run: ({ store }) => store.getState().set({ asks: 'stop' }) },
  { id: 'publish', section: 'flow', icon: IconUpload, writes: true, run: ({ store }) => store.getState().set({ asks: 'publish' }) },
];

export const actions: readonly Action[] = [...edit, ...stepActions, ...arranging, ...view, ...whole];

export function actionOf(id: string): Action {
  const found = actions.find((action) => action.id === id);
  if (found === undefined) throw new Error(`no action ${id}`);
  return found;
}
