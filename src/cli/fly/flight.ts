import { err, ok, type Result } from "../../core/result.js";
import type { StationFailure } from "../../contract/failures.js";
import { missionItemsOf, type Plan } from "../../plan/plan.js";
import type { CommandReason, VehicleCommand } from "../../vehicle/commands.js";
import { isAirborne, isArmed } from "../../vehicle/selectors/airborne.js";
import type { VehicleId, VehicleState } from "../../vehicle/vehicleState.js";
import { failureLine } from "../failureLine.js";
import { aircraftWords } from "./aircraftWords.js";
import { crashWords, landedWords, unlandedWords } from "./endWords.js";
import { MissionWatch } from "./missionWatch.js";
import type { Known, StationClient } from "./stationClient.js";

const RECEIVED_WITHIN_MS = 90_000;
const HOME_WITHIN_MS = 60_000;
const PRINT_EVERY_MS = 10_000;
/** ArduPilot needs a position estimate before it arms: about 40 s after its start, longer in the cold. */
/** A simulated aircraft has said by then that it is one: the fleet's names rely on the same (`mavlinkNetwork/fleet.ts`). */
const SIMULATED_WITHIN_MS = 2000;
const ARM_WITHIN_MS = 180_000;
const ARM_AGAIN_AFTER_MS = 3000;
/** An arm command without a reply may still arrive late: the vehicle is watched this long for it. */
const LATE_ARMING_MS = 30_000;
/** After an explicit refusal autopilots stay disarmed; one that arms all the same does so within this time. */
const ARMING_IN_SPITE_MS = 5000;

/** How the flight ended; `problem` says why, where the plan was not flown to its end. */
export type FlightOutcome = {
  readonly vehicle: string | undefined;
  readonly isVerified: boolean;
  readonly startedUs: number | undefined;
  readonly landedUs: number | undefined;
  readonly problem: string | undefined;
  /** It is simulated, so the heights of imported packs are not its ground: to be flown again without them. Nothing was armed. */
  readonly isOverWrongGround?: true;
};

export type PlanToFly = {
  readonly plan: Plan;
  /** The plan's file, as it is uploaded. */
  readonly text: string;
  /** The reason for flying a plan despite blocking findings. */
  readonly overrideReason: string | undefined;
};

/** Which aircraft is to fly. */
export type AircraftSought = {
  readonly links: readonly string[];
  /** For when several are received. */
  readonly systemId: number | undefined;
};

type FlightOptions = {
  readonly client: Pick<StationClient, "known" | "request" | "waitUntil">;
  readonly planToFly: PlanToFly;
  readonly aircraftSought: AircraftSought;
  /** The station has heights of imported packs: right for a real aircraft only. */
  readonly hasPackHeights: boolean;
  readonly print: (line: string) => void;
};

type Step = Result<void, string>;
const CANCELLED = "cancelled";
const SIMULATED = "the aircraft is simulated, over heights of imported packs";

/**
 * One flight, from the first heartbeat to disarmed on the ground, in the order a pilot would do it. After every reply
 * the state is checked again before the next step: the pilot may have called it off meanwhile. When this program has
 * armed the aircraft, it never ends without printing what the aircraft is doing.
 */
export class Flight {
  readonly #options: FlightOptions;
  #vehicleId: VehicleId | undefined;
  #isVerified = false;
  #startedUs: number | undefined;
  #landedUs: number | undefined;
  #takeOffHeightM: number | undefined;
  #isCancelled = false;
  /** An `arm` command was sent, whatever the reply: the aircraft may arm even after a refusal. */
  #mayBeArmed = false;
  /** The last `arm` command was refused explicitly. */
  #isArmingRefused = false;
  #isOverWrongGround = false;
  #isFlying = false;
  /** The return command in progress: no other command is sent meanwhile. */
  #returning: Promise<boolean> | undefined;
  #commands = 0;

  constructor(options: FlightOptions) {
    this.#options = options;
  }

  async fly(): Promise<FlightOutcome> {
    const flown = await this.#go();
    if (!flown.ok && this.#mayBeArmed && this.#landedUs === undefined) this.#options.print(this.aircraft());
    return {
      vehicle: this.#vehicleId,
      isVerified: this.#isVerified,
      startedUs: this.#startedUs,
      landedUs: this.#landedUs,
      problem: flown.ok ? undefined : flown.error,
      ...(this.#isOverWrongGround && { isOverWrongGround: true }),
    };
  }

  /** The aircraft's last received state, as a text. */
  aircraft(): string {
    const known = this.#options.client.known();
    const words = aircraftWords(this.#vehicleIn(known), known.stationMonoMs);
    const isOpen = this.#mayBeArmed && this.#startedUs === undefined && !this.#isArmedIn(known);
    return isOpen ? `${words}; ARMING WAS SENT AND MAY STILL HAPPEN` : words;
  }

  /** The pilot wants the aircraft back: on the ground the flight is cancelled, in the air the aircraft returns. */
  bringBack(): void {
    this.#isCancelled = true;
    if (!this.#isFlying) {
      this.#options.print("cancelled: nothing more is begun");
      return;
    }
    this.#options.print("returning to launch (once more to leave the aircraft to itself)");
    void this.#return();
  }

  async #go(): Promise<Step> {
    // The ground once more: an aircraft may say only after the upload that it is simulated.
    for (const step of [this.#meet, this.#upload, this.#checkGround, this.#arm, this.#start]) {
      if (this.#isCancelled) return this.#standDown(CANCELLED);
      const done = await step();
      if (!done.ok) return this.#standDown(done.error);
    }
    return this.#follow();
  }

  /** Prints at once what it waits for, and repeats it now and then: a silent program looks like one that hangs. */
  async #waitTelling(what: string, look: (known: Known) => boolean, withinMs: number): Promise<boolean> {
    const { client, print } = this.#options;
    if (look(client.known())) return true;
    for (let waitedMs = 0; waitedMs < withinMs; waitedMs += PRINT_EVERY_MS) {
      const leftS = (withinMs - waitedMs) / 1000;
      print(`waiting for ${what} (${leftS} s more at most)`);
      if (await client.waitUntil(look, Math.min(PRINT_EVERY_MS, withinMs - waitedMs))) return true;
    }
    return false;
  }

  readonly #meet = async (): Promise<Step> => {
    const { client, print } = this.#options;
    const { links } = this.#options.aircraftSought;
    const isThere = (known: Known): boolean => this.#isCancelled || this.#meant(known) !== undefined;
    const received = await this.#waitTelling(`an aircraft on ${links.join(", ")}`, isThere, RECEIVED_WITHIN_MS);
    if (!received) return err(`${this.#whom()} heard on ${links.join(", ")} for ${RECEIVED_WITHIN_MS / 1000} s`);
    this.#vehicleId = this.#meant(client.known())?.id;
    if (this.#vehicleId === undefined) return err(CANCELLED);
    print(`vehicle ${this.#vehicleId}`);
    return ok(undefined);
  };

  readonly #upload = async (): Promise<Step> => {
    const { client, print } = this.#options;
    const { plan, text: planText, overrideReason } = this.#options.planToFly;
    // An upload needs the home position; a training plan needs to know whether the vehicle is a simulator.
    const isReady = (vehicle: VehicleState | undefined): boolean =>
      vehicle?.home !== undefined && (!plan.isTraining || vehicle.isSimulated);
    await client.waitUntil((known) => this.#isCancelled || isReady(this.#vehicleIn(known)), HOME_WITHIN_MS);
    await this.#waitForGround();
    const vehicleId = this.#vehicleId;
    if (this.#isCancelled || vehicleId === undefined) return err(CANCELLED);
    const several = this.#severalVehicles();
    if (several !== undefined) return err(several);
    const ground = await this.#checkGround();
    if (!ground.ok) return ground;
    if (isArmed(this.#vehicleIn(client.known()) ?? fail("no vehicle")) === true) {
      return err("the aircraft is armed already: it is not ours to fly");
    }
    const uploaded = await client.request({ kind: "upload-plan", vehicleId, planText, overrideReason });
    if (!uploaded.ok) return err(`upload: ${failureLine(uploaded.error)}`);
    this.#isVerified = true;
    print("plan verified on aircraft");
    return ok(undefined);
  };

  /** What the plan is checked against must be known before: an aircraft never says that it is real, only that it is simulated. */
  async #waitForGround(): Promise<void> {
    const { client, hasPackHeights } = this.#options;
    if (!hasPackHeights) return;
    await client.waitUntil((known) => this.#isCancelled || this.#isSimulatedIn(known), SIMULATED_WITHIN_MS);
  }

  #isSimulatedIn(known: Known): boolean {
    return this.#vehicleIn(known)?.isSimulated === true;
  }

  readonly #checkGround = (): Promise<Step> => {
    this.#isOverWrongGround = this.#options.hasPackHeights && this.#isSimulatedIn(this.#options.client.known());
    return Promise.resolve(this.#isOverWrongGround ? err(SIMULATED) : ok(undefined));
  };

  /**
   * Retries after an explicit refusal (the vehicle is not ready yet), never after a missing reply: a late arming is
   * dangerous.
   */
  readonly #arm = async (): Promise<Step> => {
    const { client, print } = this.#options;
    const untilMonoMs = client.known().stationMonoMs + ARM_WITHIN_MS;
    for (let printed = ""; ;) {
      // Another vehicle may have appeared while this one was getting ready.
      const several = this.#severalVehicles();
      if (several !== undefined) return err(several);
      const armed = await this.#askArm();
      if (armed.ok) break;
      const because = failureLine(armed.error);
      const isOver = !isNotReady(armed.error) || client.known().stationMonoMs > untilMonoMs;
      if (isOver) return err(this.#mayBeArmed || !isArmedAlready(armed.error) ? `arm: ${because}` : NOT_OURS);
      if (because !== printed) print(`not ready to arm: ${because}`);
      printed = because;
      await client.waitUntil((known) => this.#isCancelled || this.#isArmedIn(known), ARM_AGAIN_AFTER_MS);
      if (this.#isCancelled) return err(CANCELLED);
      if (this.#mayBeArmed && this.#isArmedIn(client.known())) return err(`arm: ${because}, and it armed all the same`);
    }
    this.#onArmed(client.known());
    return ok(undefined);
  };

  #onArmed(known: Known): void {
    this.#startedUs = known.stationUnixUs;
    this.#takeOffHeightM = this.#vehicleIn(known)?.position?.value.altitudeAboveHomeM;
    this.#options.print("armed");
  }

  async #askArm(): Promise<Result<void, StationFailure>> {
    const before = this.#mayBeArmed;
    this.#mayBeArmed = true;
    const armed = await this.#command({ kind: "arm" });
    const failure = !armed.ok && armed.error.kind === "command" ? armed.error.failure.kind : undefined;
    if (failure === "not-possible" || failure === "busy") this.#mayBeArmed = before;
    else this.#isArmingRefused = failure === "refused";
    return armed;
  }

  readonly #start = async (): Promise<Step> => {
    this.#isFlying = true;
    const started = await this.#command({ kind: "start-mission" });
    if (!started.ok) {
      // The plan on board, read again just before the start, was not the verified one or could not be read.
      if (isAboutPlan(started.error)) this.#isVerified = false;
      return err(`start-mission: ${failureLine(started.error)}`);
    }
    this.#options.print("mission started");
    // Called off while the start was pending: a return that failed may have been sent before the start took effect, so
    // it is sent once more.
    if (this.#isCancelled && !(await this.#return())) await this.#return();
    return ok(undefined);
  };

  /** `isCalledOff`: the mission was called off, so it need not be flown to its end. */
  async #follow(isCalledOff = false): Promise<Step> {
    const { client, planToFly, print } = this.#options;
    const actions = { print, askReturn: () => void this.#return() };
    const watch = new MissionWatch(missionItemsOf(planToFly.plan), actions, this.#takeOffHeightM);
    await client.waitUntil((known) => {
      const vehicle = this.#vehicleIn(known);
      return vehicle !== undefined && watch.look(vehicle, known);
    }, Number.POSITIVE_INFINITY);
    return this.#afterFlight(watch, isCalledOff || this.#isCancelled);
  }

  #afterFlight(watch: MissionWatch, isCalledOff: boolean): Step {
    const end = watch.end() ?? fail("a flight that is over has an end");
    if (end.kind !== "landed") return err(unlandedWords(end));
    const known = this.#options.client.known();
    const crash = crashWords(known, this.#vehicleIn(known), this.#startedUs ?? 0);
    if (crash !== undefined) return err(`the aircraft did not land by itself: ${crash}`);
    this.#landedUs = known.stationUnixUs;
    const landed = landedWords(watch.reached(), isCalledOff);
    this.#options.print(landed.words);
    if (this.#isCancelled) return err("cancelled by the pilot; the aircraft returned");
    return landed.isAsPlanned ? ok(undefined) : err(landed.words);
  }

  /** Before the mission starts: disarms what this program armed, or brings it home if it has left the ground. */
  async #standDown(problem: string): Promise<Step> {
    if (!this.#mayBeArmed) return err(problem);
    const { client, print } = this.#options;
    const isUp = (known: Known): boolean => this.#isArmedIn(known);
    // An unanswered arm command may still take effect: the watch ends only after a time without an armed heartbeat.
    if (!(await client.waitUntil(isUp, this.#watchForArmingMs()))) {
      const vehicle = this.#vehicleIn(client.known());
      this.#mayBeArmed = vehicle === undefined || isArmed(vehicle) !== false;
      return err(problem);
    }
    // One after the other: first wait for the return that the pilot requested.
    const isReturning = this.#returning !== undefined && (await this.#returning);
    const vehicle = this.#vehicleIn(client.known());
    if (vehicle && isArmed(vehicle) === true && !isAirborne(vehicle)) {
      print("disarming");
      const disarmed = await this.#command({ kind: "disarm" });
      if (!disarmed.ok) print(`disarm: ${failureLine(disarmed.error)}`);
    }
    if (!this.#isArmedIn(client.known())) {
      this.#mayBeArmed = false;
      print(this.aircraft());
      return err(problem);
    }
    return this.#bringHome(problem, isReturning);
  }

  #watchForArmingMs(): number {
    if (this.#startedUs !== undefined) return 0;
    return this.#isArmingRefused ? ARMING_IN_SPITE_MS : LATE_ARMING_MS;
  }

  async #bringHome(problem: string, isReturning: boolean): Promise<Step> {
    this.#isFlying = true;
    if (!isReturning) await this.#return();
    const flown = await this.#follow(true);
    return err(flown.ok ? `${problem}; the aircraft returned and landed` : `${problem}; ${flown.error}`);
  }

  /** True when the aircraft is returning. One at a time: a second caller waits for the one in progress. */
  #return(): Promise<boolean> {
    this.#returning ??= this.#askReturn().finally(() => {
      this.#returning = undefined;
    });
    return this.#returning;
  }

  async #askReturn(): Promise<boolean> {
    const returned = await this.#command({ kind: "return" });
    if (!returned.ok) this.#options.print(`return: ${failureLine(returned.error)}; ${this.aircraft()}`);
    return returned.ok;
  }

  /** The user named no aircraft: guessing could fly the wrong one. */
  #severalVehicles(): string | undefined {
    const several = this.#options.client.known().vehicles.map(({ systemId }) => systemId);
    const isUnclear = several.length > 1 && this.#options.aircraftSought.systemId === undefined;
    return isUnclear ? `vehicles ${several.join(", ")} are heard: say which with --vehicle N` : undefined;
  }

  #isArmedIn(known: Known): boolean {
    const vehicle = this.#vehicleIn(known);
    return vehicle !== undefined && isArmed(vehicle) === true;
  }

  #meant({ vehicles }: Known): VehicleState | undefined {
    const { systemId: wanted } = this.#options.aircraftSought;
    return wanted === undefined ? vehicles[0] : vehicles.find(({ systemId }) => systemId === wanted);
  }

  #whom(): string {
    const { systemId } = this.#options.aircraftSought;
    return systemId === undefined ? "no vehicle" : `no vehicle with number ${systemId}`;
  }

  #vehicleIn(known: Known): VehicleState | undefined {
    return known.vehicles.find((vehicle) => vehicle.id === this.#vehicleId);
  }

  /** Sent as confirmed: the person confirmed by typing the command line. */
  async #command(command: VehicleCommand): Promise<Result<void, StationFailure>> {
    const vehicleId = this.#vehicleId;
    if (vehicleId === undefined) return err({ kind: "no-vehicle" });
    const commandId = `fly-${process.pid}-${++this.#commands}`;
    const order = { commandId, command, isConfirmed: true };
    const reply = await this.#options.client.request({ kind: "command", vehicleId, ...order });
    return reply.ok ? ok(undefined) : reply;
  }
}

const NOT_OURS = "somebody else has armed the aircraft: it is not ours to fly";

const isArmedAlready = (failure: StationFailure): boolean =>
  failure.kind === "command" && failure.failure.kind === "not-possible" && failure.failure.because === "armed";

/** An explicit refusal that may change later. "Armed already" is not one: somebody else has armed the aircraft. */
const isNotReady = (failure: StationFailure): boolean =>
  failure.kind === "command" && ["refused", "not-possible"].includes(failure.failure.kind) && !isArmedAlready(failure);

const PLAN_REASONS: readonly CommandReason[] = ["not-verified", "plan-not-read", "plan-changed", "plan-refused"];

const isAboutPlan = (failure: StationFailure): boolean =>
  failure.kind === "command" &&
  failure.failure.kind === "not-possible" &&
  PLAN_REASONS.includes(failure.failure.because);

const fail = (because: string): never => {
  throw new Error(`Invariant: ${because}`);
};
