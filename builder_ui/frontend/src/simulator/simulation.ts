// A talk with the draft: what was done, what came of it, and the turn that is looked at. All is played anew each time.
import { createContext, useContext } from 'react';
import { createStore, useStore, type StoreApi } from 'zustand';
import { isRecord, Refused } from '../api';
import type { Builder } from '../builder/store';
import type { Finding, FlowDocument } from '../document/flow';
import type { JsonObject } from '../document/json';
import { trailOf } from '../document/trail';
import { answering, callsOf, withAnswersTo, type Answer, type Call } from './mocks';
import { rehearse, type Act, type Came, type Failure, type Story, type World } from './rehearsal-api';

const ACTS = ['says', 'sends', 'shares', 'presses', 'waits', 'happens', 'data', 'finished', 'refused', 'node'];

/** `story` is the name of the story that the acts are of. */
export type Past = { acts: Act[]; world: World; story?: string | null };
export type Simulation = {
  acts: Act[];
  world: World;
  story: string | null;
  /** What came of the acts, turn by turn; the last one is halfway where an answer from outside is missing. */
  turns: Came[];
  /** The world as the server made it whole: what a story keeps. */
  played: World | null;
  stopped: Failure | null;
  /** Why nothing could be played: what is wrong with the flow, or that nobody answered. */
  findings: Finding[];
  error: unknown;
  playing: boolean;
  /** The drawing that was played last. */
  drawn: FlowDocument | null;
  /** How many turns are in view, null = all: the time travelled to. */
  looking: number | null;

  /** Do something after the turn that is looked at; what came later is dropped, and given back. */
  act: (act: Act) => Past | null;
  answer: (call: Call, answer: Answer) => void;
  setWorld: (part: JsonObject) => void;
  look: (turns: number | null) => void;
  point: (turn: number | null) => void;
  restart: () => Past | null;
  /** Play these acts, as of a story or of before. */
  load: (past: Past) => void;
  replay: () => void;
};

export function createSimulation(builder: StoreApi<Builder>): StoreApi<Simulation> {
  let asked = 0;
  const simulation = createStore<Simulation>((set, get) => {
    async function play(world: World, acts: Act[]): Promise<void> {
      const mine = ++asked;
      const { flow, edited } = builder.getState();
      set({ drawn: edited.document, world, acts, looking: null, playing: true, error: null, findings: [] });
      try {
        const came = await rehearse(flow.id, { document: edited.document, world, acts });
        if (mine !== asked) return;
        const turns = came.halfway !== null && came.stopped?.code === 'mock' ? [...came.acts, came.halfway] : came.acts;
        // The moment it began stays, so that the same acts come to the same.
        const begun: World = { ...get().world, at: came.world['at'] ?? null };
        set({ turns, played: came.world, stopped: came.stopped, world: begun, playing: false });
      } catch (error) {
        if (mine === asked) set({ playing: false, error, findings: findingsIn(error) });
      }
    }

    /** The acts up to the turn in view, and a world that knows no answers to later calls. */
    function before(): Past {
      const { acts, turns, world, looking, error } = get();
      const count = looking ?? (error === null ? acts.length : turns.length); // what was not played is not gone on from
      if (count >= acts.length) return { acts, world };
      return { acts: acts.slice(0, count), world: withAnswersTo(world, callsOf(turns.slice(0, count), builder.getState().types).flat()) };
    }

    return {
      acts: [],
      world: worldFor(builder.getState().edited.document),
      turns: [],
      played: null,
      stopped: null,
      findings: [],
      error: null,
      playing: false,
      drawn: null,
      looking: null,
      story: null,
      act: (act) => {
        const { acts, world, looking } = get();
        const past = before();
        set({ turns: get().turns.slice(0, past.acts.length) });
        void play(past.world, [...past.acts, act]);
        return looking !== null && past.acts.length < acts.length ? { acts, world } : null;
      },
      answer: (call, answer) => void play(answering(get().world, call, answer), get().acts),
      setWorld: (part) => {
        const world = { ...get().world, ...part };
        if (get().acts.length === 0) set({ world });
        else void play(world, get().acts);
      },
      look: (turns) => set({ looking: turns !== null && turns >= get().turns.length ? null : turns }),
      point: (turn) => void light(builder, get(), turn),
      restart: () => {
        const { acts, world } = get();
        asked++;
        set({ acts: [], story: null, world: withAnswersTo(world, []), turns: [], stopped: null, findings: [], error: null, playing: false, looking: null });
        return acts.length > 0 ? { acts, world } : null;
      },
      load: ({ acts, world, story = null }) => {
        set({ turns: [], story });
        void play(world, acts);
      },
      replay: () => {
        if (get().acts.length > 0) void play(get().world, get().acts);
      },
    };
  });
  simulation.subscribe((now, before) => {
    if (now.turns === before.turns && now.looking === before.looking) return;
    const end = light(builder, now, null);
    if (end !== undefined) builder.getState().look([end], true);
  });
  return simulation;
}

/** A visitor of the web chat; where the flow is about a deal, one that its first trigger speaks of. */
function worldFor({ kind, nodes }: FlowDocument): World {
  const channel = { kind: 'webchat', key: 'webchat' };
  if (kind !== 'deal_automation') return { channel };
  const { pipeline = '', to_stage, stage } = nodes.find((node) => node.type === 'trigger')?.params ?? {};
  return { channel, deal: { title: '', value: 1000, status: 'open', pipeline, stage: to_stage ?? stage ?? '', tags: [], fields: {} } };
}

/** Light the way on the canvas up to the turn in view; gives the step at its end. */
function light(builder: StoreApi<Builder>, simulation: Simulation, pointed: number | null): string | undefined {
  const seen = inView(simulation);
  const here = seen.at(-1)?.waits_at ?? null;
  const passed = seen.flatMap((turn) => turn.trace);
  const turn = pointed === null ? undefined : simulation.turns[pointed];
  builder.getState().set({ trail: passed.length === 0 ? null : trailOf(passed, here, turn?.trace) });
  return here ?? passed.findLast((step) => (step.version ?? '') === '')?.node;
}

/** The turns up to the one that is looked at. */
export function inView({ turns, looking }: Pick<Simulation, 'turns' | 'looking'>): Came[] {
  return looking === null ? turns : turns.slice(0, looking);
}

/** The acts of a story, without what it expects of them. */
export function actsOf(story: Story): Act[] {
  return story.exchanges.map((exchange) => Object.fromEntries(Object.entries(exchange).filter(([name]) => ACTS.includes(name))));
}

function findingsIn(error: unknown): Finding[] {
  if (!(error instanceof Refused)) return [];
  const { findings } = error.body;
  return Array.isArray(findings) ? findings.filter(isFinding) : [];
}

function isFinding(value: unknown): value is Finding {
  return isRecord(value) && isRecord(value['message']);
}

/** Whether the two drawings play alike: only places of steps, notes and frames differ. */
export function playsAlike(one: FlowDocument, other: FlowDocument): boolean {
  return (
    one === other ||
    (one.edges === other.edges &&
      one.settings === other.settings &&
      one.variables === other.variables &&
      one.nodes.length === other.nodes.length &&
      one.nodes.every((node, index) => node.params === other.nodes[index]?.params && node.id === other.nodes[index]?.id))
  );
}

const SimulationContext = createContext<StoreApi<Simulation> | null>(null);
export const SimulationProvider = SimulationContext.Provider;

export function useSimulationStore(): StoreApi<Simulation> {
  const store = useContext(SimulationContext);
  if (store === null) throw new Error('outside of the simulator');
  return store;
}

export function useSimulation<T>(pick: (simulation: Simulation) => T): T {
  return useStore(useSimulationStore(), pick);
}
