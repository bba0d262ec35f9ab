import { err, ok, type Result } from "../../core/result.js";
import type { StationFailure } from "../../contract/failures.js";
import { missionItemsOf, type Plan } from "../../plan/plan.js";
import type { VehicleCommand } from "../../vehicle/commands.js";
import type { VehicleId, VehicleState } from "../../vehicle/vehicleState.js";
import { failureLine } from "../failureLine.js";
import { LOST_FOR_MS, MissionWatch } from "./missionWatch.js";
import type { Known, StationClient } from "./stationClient.js";

const HEARD_WITHIN_MS = 90_000;
const HOME_WITHIN_MS = 60_000;
/** ArduPilot wants a position estimate before it arms: about 40 s after its start, more in the cold. */
const ARM_WITHIN_MS = 180_000;
const ARM_AGAIN_AFTER_MS = 3000;
/** What became of the flight; `problem` in words when it did not go to its end. */
export type FlightOutcome = {
  readonly vehicle: string | undefined;
  readonly isVerified: boolean;
  readonly startedUs: number | undefined;
  readonly landedUs: number | undefined;
  readonly problem: string | undefined;
};

type FlightOptions = {
  readonly client: StationClient;
  readonly plan: Plan;
  readonly planText: string;
  readonly links: readonly string[];
  /** Which aircraft, where several are heard. */
  readonly systemId: number | undefined;
  /** Why a plan with objections is flown all the same. */
  readonly overrideReason: string | undefined;
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
    const heard = await client.waitUntil(
      (known) => this.#isCancelled || this.#meant(known) !== undefined,
      HEARD_WITHIN_MS,
    );
    if (!heard)
      return err(`${this.#whom()} heard on ${this.#options.links.join(", ")} for ${HEARD_WITHIN_MS / 1000} s`);
    this.#vehicleId = this.#meant(client.known())?.id;
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
    const several = client.known().vehicles.map(({ systemId }) => systemId);
    // Nobody said which: a guess could fly the wrong aircraft.
    if (several.length > 1 && this.#options.systemId === undefined) {
      return err(`vehicles ${several.join(", ")} are heard: say which with --vehicle N`);
    }
    const { overrideReason } = this.#options;
    const uploaded = await client.request({ kind: "upload-plan", vehicleId, planText, overrideReason });
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
    const watch = new MissionWatch(missionItemsOf(plan), {
      say,
      askReturn: () => void this.#command({ kind: "return" }),
    });
    await client.waitUntil((known) => {
      const vehicle = this.#vehicleIn(known);
      return vehicle !== undefined && watch.look(vehicle, known);
    }, Number.POSITIVE_INFINITY);
    if (watch.isLost()) return err(`the vehicle was lost for ${LOST_FOR_MS / 1000} s`);
    this.#landedUs = client.known().stationUnixUs;
    say("landed and disarmed");
    return this.#isCancelled ? err("cancelled by the pilot; the aircraft returned") : ok(undefined);
  }

  /** Armed but not flying is no state to leave an aircraft in. */
  async #abandon(problem: string): Promise<Result<void, string>> {
    await this.#command({ kind: "disarm" });
    return err(problem);
  }

  #meant({ vehicles }: Known): VehicleState | undefined {
    const { systemId: wanted } = this.#options;
    return wanted === undefined ? vehicles[0] : vehicles.find(({ systemId }) => systemId === wanted);
  }

  #whom(): string {
    const { systemId } = this.#options;
    return systemId === undefined ? "no vehicle" : `no vehicle with number ${systemId}`;
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
