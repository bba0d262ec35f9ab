import { err, ok, type Result } from "../../core/result.js";
import type { StationFailure } from "../../contract/failures.js";
import { missionItemsOf, type Plan } from "../../plan/plan.js";
import type { VehicleCommand } from "../../vehicle/commands.js";
import { vehicleFreshness } from "../../vehicle/freshness.js";
import type { VehicleId, VehicleState } from "../../vehicle/vehicleState.js";
import { failureLine } from "../failureLine.js";
import type { Known, StationClient } from "./stationClient.js";

const HEARD_WITHIN_MS = 90_000;
const HOME_WITHIN_MS = 60_000;
/** ArduPilot wants a position estimate before it arms: about 40 s after its start, more in the cold. */
const ARM_WITHIN_MS = 180_000;
const ARM_AGAIN_AFTER_MS = 3000;
/** A link this long gone does not come back by waiting; the vehicle's own failsafe has the aircraft. */
const LOST_FOR_MS = 60_000;
/** At the end of a plan that says nothing of landing: hovering this long at the last item means it is over. */
const HOVER_MS = 5000;
const HOVER_MPS = 1;

/** MAV_CMD_NAV_RETURN_TO_LAUNCH, MAV_CMD_NAV_LAND */
const ENDING_COMMANDS: readonly number[] = [20, 21];

/** What became of the flight; `problem` in words when it did not go to its end. */
export type FlightOutcome = {
  readonly vehicle: string | undefined;
  readonly isVerified: boolean;
  readonly startedUs: number | undefined;
  readonly landedUs: number | undefined;
  readonly problem: string | undefined;
};

export type FlightOptions = {
  readonly client: StationClient;
  readonly plan: Plan;
  readonly planText: string;
  readonly links: readonly string[];
  readonly say: (line: string) => void;
};

/** One flight from the first heartbeat to disarmed on the ground, in the order a pilot would do it. */
export class Flight {
  readonly #options: FlightOptions;
  #vehicleId: VehicleId | undefined;
  #isVerified = false;
  #startedUs: number | undefined;
  #landedUs: number | undefined;
  #isCancelled = false;

  constructor(options: FlightOptions) {
    this.#options = options;
  }

  async fly(): Promise<FlightOutcome> {
    const flown = await this.#go();
    return {
      vehicle: this.#vehicleId,
      isVerified: this.#isVerified,
      startedUs: this.#startedUs,
      landedUs: this.#landedUs,
      problem: flown.ok ? undefined : flown.error,
    };
  }

  /** The pilot wants it back: on the ground the flight is given up, in the air the aircraft returns. */
  bringBack(): void {
    this.#isCancelled = true;
    if (this.#startedUs === undefined) return;
    this.#options.say("returning to launch (once more to leave the aircraft to itself)");
    void this.#command({ kind: "return" }).then((returned) => {
      if (!returned.ok) this.#options.say(`return: ${failureLine(returned.error)}`);
    });
  }

  async #go(): Promise<Result<void, string>> {
    const { client, say } = this.#options;
    const heard = await client.waitUntil((known) => this.#isCancelled || known.vehicles.length > 0, HEARD_WITHIN_MS);
    if (!heard) return err(`no vehicle heard on ${this.#options.links.join(", ")} for ${HEARD_WITHIN_MS / 1000} s`);
    this.#vehicleId = client.known().vehicles[0]?.id;
    say(`vehicle ${this.#vehicleId ?? ""}`);
    const uploaded = await this.#upload();
    if (!uploaded.ok) return uploaded;
    const armed = await this.#arm();
    if (!armed.ok) return armed;
    const started = await this.#command({ kind: "start-mission" });
    if (!started.ok) return this.#abandon(`start-mission: ${failureLine(started.error)}`);
    say("mission started");
    return this.#follow();
  }

  async #upload(): Promise<Result<void, string>> {
    const { client, planText, plan, say } = this.#options;
    // Home is what an upload begins with; that it is a simulator is what a training plan needs.
    const isReady = (vehicle: VehicleState | undefined): boolean =>
      vehicle?.home !== undefined && (!plan.isTraining || vehicle.isSimulated);
    await client.waitUntil((known) => this.#isCancelled || isReady(this.#vehicleIn(known)), HOME_WITHIN_MS);
    if (this.#isCancelled) return err("cancelled");
    const vehicleId = this.#vehicleId;
    if (vehicleId === undefined) return err("no vehicle");
    const uploaded = await client.request({ kind: "upload-plan", vehicleId, planText });
    if (!uploaded.ok) return err(`upload: ${failureLine(uploaded.error)}`);
    this.#isVerified = true;
    say("plan verified on aircraft");
    return ok(undefined);
  }

  /** Asks again after a clear refusal (the vehicle is still getting ready), never after silence: a late arming is a danger. */
  async #arm(): Promise<Result<void, string>> {
    const { client, say } = this.#options;
    const untilMonoMs = client.known().stationMonoMs + ARM_WITHIN_MS;
    for (let said = ""; ;) {
      if (this.#isCancelled) return err("cancelled");
      const armed = await this.#command({ kind: "arm" });
      if (armed.ok) break;
      const because = failureLine(armed.error);
      const isRefused =
        armed.error.kind === "command" &&
        ["refused", "not-possible", "vehicle-lost"].includes(armed.error.failure.kind);
      if (!isRefused || client.known().stationMonoMs > untilMonoMs) return err(`arm: ${because}`);
      if (because !== said) say(`not ready to arm: ${because}`);
      said = because;
      await client.waitUntil(() => this.#isCancelled, ARM_AGAIN_AFTER_MS);
    }
    this.#startedUs = client.known().stationUnixUs;
    say("armed");
    return ok(undefined);
  }

  async #follow(): Promise<Result<void, string>> {
    const { client, plan, say } = this.#options;
    const items = missionItemsOf(plan);
    const needsReturn = !ENDING_COMMANDS.includes(items.at(-1)?.command ?? 0);
    let lostSinceMonoMs: number | undefined;
    let hoveringSinceMonoMs: number | undefined;
    let hasAskedReturn = false;
    let shownSeq: number | undefined;

    const look = (known: Known): boolean => {
      const vehicle = this.#vehicleIn(known);
      if (!vehicle) return false;
      const nowMonoMs = known.stationMonoMs;
      const isLost = vehicleFreshness(vehicle, nowMonoMs) === "lost";
      lostSinceMonoMs = isLost ? (lostSinceMonoMs ?? nowMonoMs) : undefined;
      if (lostSinceMonoMs !== undefined && nowMonoMs - lostSinceMonoMs > LOST_FOR_MS) return true;
      if (isLost) return false;
      const seq = vehicle.mission?.value.currentSeq;
      if (seq !== undefined && seq !== shownSeq) say(`item ${seq} of ${items.length}, ${contactsIn(known)}`);
      shownSeq = seq;
      hoveringSinceMonoMs = isHoveringAtEnd(vehicle, items.length) ? (hoveringSinceMonoMs ?? nowMonoMs) : undefined;
      const isOver = hoveringSinceMonoMs !== undefined && nowMonoMs - hoveringSinceMonoMs > HOVER_MS;
      if (needsReturn && isOver && !hasAskedReturn) {
        hasAskedReturn = true;
        void this.#command({ kind: "return" });
      }
      return vehicle.heartbeat?.value.isArmed === false;
    };
    await client.waitUntil(look, Number.POSITIVE_INFINITY);
    if (lostSinceMonoMs !== undefined) return err(`the vehicle was lost for ${LOST_FOR_MS / 1000} s`);
    this.#landedUs = client.known().stationUnixUs;
    say("landed and disarmed");
    return this.#isCancelled ? err("cancelled by the pilot; the aircraft returned") : ok(undefined);
  }

  /** Armed but not flying is no state to leave an aircraft in. */
  async #abandon(problem: string): Promise<Result<void, string>> {
    await this.#command({ kind: "disarm" });
    return err(problem);
  }

  #vehicleIn(known: Known): VehicleState | undefined {
    return known.vehicles.find((vehicle) => vehicle.id === this.#vehicleId);
  }

  async #command(command: VehicleCommand): Promise<Result<void, StationFailure>> {
    const vehicleId = this.#vehicleId;
    if (vehicleId === undefined) return err({ kind: "no-vehicle" });
    const reply = await this.#options.client.request({ kind: "command", vehicleId, command });
    return reply.ok ? ok(undefined) : reply;
  }
}

const contactsIn = ({ contacts }: Known): string => `${contacts.length} contacts`;

function isHoveringAtEnd(vehicle: VehicleState, countOfItems: number): boolean {
  const seq = vehicle.mission?.value.currentSeq;
  const groundSpeedMps = vehicle.velocity?.value.groundSpeedMps;
  return seq !== undefined && seq >= countOfItems && groundSpeedMps !== undefined && groundSpeedMps < HOVER_MPS;
}
