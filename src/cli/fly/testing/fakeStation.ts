import { readFileSync } from "node:fs";
import { vi } from "vitest";
import type { StationFailure } from "../../../contract/failures.js";
import type { Notice, ReplyValue, UiRequest } from "../../../contract/messages.js";
import { err, ok, type Result } from "../../../core/result.js";
import { readPlanFile } from "../../../plan/formats/planFile.js";
import type { CommandReason } from "../../../vehicle/commands.js";
import type { VehicleState } from "../../../vehicle/vehicleState.js";
import { Flight, type AircraftSought, type PlanToFly } from "../flight.js";
import type { Known, StationClient } from "../stationClient.js";
import { NOTHING_KNOWN } from "./shownVehicle.js";

// These tests take milliseconds: a flight that waits for ever has failed long before the minute that other tests get.
vi.setConfig({ testTimeout: 5000 });

export const planText = readFileSync("missions/plans/boulogne-night-1.plan", "utf8");
const read = readPlanFile(planText, "p");
if (!read.ok) throw new Error("the plan of the training sortie is readable");
export const plan = read.value;

export type Answer = Result<ReplyValue, StationFailure>;
const DONE: Answer = ok({ kind: "done" });
export const SILENT: Answer = err({ kind: "command", failure: { kind: "no-reply", attempts: 1 } });
export const REFUSED: Answer = err({ kind: "command", failure: { kind: "refused", mavResult: 4, reasons: [] } });
export const CALLED_OFF: Answer = err({ kind: "command", failure: { kind: "cancelled" } });
export const notPossible = (because: CommandReason): Answer =>
  err({ kind: "command", failure: { kind: "not-possible", because } });
export const ARMED_ALREADY: Answer = notPossible("armed");
export const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

type Asked = { readonly request: UiRequest; readonly answer: (answer: Answer) => void };
const nameOf = ({ request }: Asked): string => (request.kind === "command" ? request.command.kind : request.kind);

/** A client of a station whose state changes, and whose requests are answered, only when the test does it. */
function fakeClient(first: VehicleState | undefined) {
  let known: Known = { ...NOTHING_KNOWN, vehicles: first ? [first] : [] };
  let isPatient = false;
  const asked: Asked[] = [];
  const waitsMs: number[] = [];
  const waiters = new Set<() => void>();
  const client: Pick<StationClient, "known" | "request" | "waitUntil"> = {
    known: () => known,
    request: (request) => new Promise((answer) => void asked.push({ request, answer })),
    waitUntil: (look, forMs) => {
      if (look(known)) return Promise.resolve(true);
      waitsMs.push(forMs);
      return new Promise((resolve) => {
        waiters.add(() => {
          if (look(known)) resolve(true);
          else if (!isPatient && Number.isFinite(forMs)) resolve(false);
        });
      });
    },
  };
  /** The state changes; all that wait look again. */
  const know = async (change: Partial<Known>): Promise<void> => {
    known = { ...known, ...change };
    for (const check of waiters) check();
    await turn();
  };
  /** A wait with a time limit goes on until the test says that the time is over. */
  const wait = (isWaiting: boolean): void => {
    isPatient = isWaiting;
  };
  return { client, asked, waitsMs, know, wait };
}

export type Wanted = {
  readonly planToFly?: Partial<PlanToFly>;
  readonly aircraftSought?: Partial<AircraftSought>;
  readonly hasPackHeights?: boolean;
};

/**
 * A flight at a fake station: each request stays pending until the test answers it, and state changes only when the
 * test changes it.
 */
export function aStation(
  first: VehicleState | undefined,
  { planToFly, aircraftSought, hasPackHeights = false }: Wanted = {},
) {
  const { client, asked, waitsMs, know, wait } = fakeClient(first);
  const names = () => asked.map(nameOf);
  const requests = () => asked.map(({ request }) => request);
  const see = (vehicle: VehicleState | undefined): Promise<void> => {
    const stationMonoMs = vehicle?.lastReceivedMonoMs ?? client.known().stationMonoMs;
    return know({ stationMonoMs, vehicles: vehicle ? [vehicle] : [] });
  };
  const notice = (key: string, facts: Notice["facts"], unixTimeUs = 0): void => {
    const { notices, vehicles } = client.known();
    const vehicleId = vehicles[0]?.id ?? "";
    const one: Notice = { id: key, severity: "danger", key, facts: { vehicleId, ...facts }, unixTimeUs };
    void know({ notices: [...notices, one] });
  };
  /** Answers the newest request of that kind. */
  const answer = async (name: string, with_: Answer = DONE): Promise<void> => {
    await turn();
    const one = asked.findLast((request) => nameOf(request) === name);
    if (!one) throw new Error(`${name} was not asked, only ${names().join(", ")}`);
    one.answer(with_);
    await turn();
  };
  const lines: string[] = [];
  const flight = new Flight({
    client,
    planToFly: { plan, text: planText, overrideReason: undefined, ...planToFly },
    aircraftSought: { links: ["udp://:14550"], systemId: undefined, ...aircraftSought },
    hasPackHeights,
    print: (line) => void lines.push(line),
  });
  return { flight, names, requests, waitsMs, see, know, answer, wait, notice, lines };
}
