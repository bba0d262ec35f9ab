import type { Time } from "../../../core/clock.js";
import { err, ok, type Result } from "../../../core/result.js";
import type { Notice } from "../../../contract/messages.js";
import type { Dialect } from "../../../mavlink/dialects/dialect.js";
import { dialectOf } from "../../../mavlink/dialects/dialectOf.js";
import type { MavlinkFrame } from "../../../mavlink/frame.js";
import {
  transferStatusOf,
  type TransferJobState,
  type TransferStage,
} from "../../../mavlink/protocols/mission/missionJob.js";
import { missionEventFrom, partsSentByOthers } from "../../../mavlink/protocols/mission/missionMessages.js";
import type { Plan } from "../../../plan/plan.js";
import type { CommandReason } from "../../../vehicle/commands.js";
import { isMissionRejection, missionRefusalsSince } from "../../../vehicle/selectors/missionRefusals.js";
import type {
  AircraftPlan,
  FenceAreas,
  PlanDoubt,
  PlanPart,
  TransferFailure,
  TransferStatus,
} from "../../../vehicle/transfers.js";
import { vehicleNameOf } from "../../mavlinkNetwork/vehicleName.js";
import type { VehicleText } from "../../../vehicle/vehicleState.js";
import { blockingFindings, unsendableParts } from "../../blockingFindings.js";
import type { StationTerrain } from "../../terrain/stationTerrain.js";
import { aircraftPlanText } from "./aircraftPlanText.js";
import { runMissionTransfer, type MissionTransfer } from "./missionTransfer.js";
import { OnboardPlanState } from "./onboardPlanState.js";
import { uploadStagesOf } from "./planStages.js";
import { countOfPlanItems, type Ended, failedStatus, totalOf, uploadStatus } from "./uploadResult.js";
import { type DoubtedPart, PlanWatch } from "./planWatch.js";
import { afterAttempt, firstReadBack, type ReadBack, withoutPart, withParts } from "./readBack.js";
import type { TransferLock } from "../transferLock.js";
import type { VehicleLink, VehicleOutputs, VehicleView } from "../vehicleService.js";

/** Another station's transfer has ended this long after its last sign. */
const OTHERS_DONE_MS = 3000;
/** PX4 checks a mission after accepting its last item, and sends its findings within this time. */
const VERDICT_WAIT_MS = 1000;

/** Severity and text of a notice about this vehicle's plan. */
export type PlanNotice = Pick<Notice, "severity" | "key" | "facts">;

type MissionServiceOptions = {
  readonly time: Time;
  readonly link: VehicleLink;
  readonly vehicle: VehicleView;
  readonly transferLock: TransferLock;
  readonly updates: PlanUpdates;
  readonly terrain: () => StationTerrain;
};

type PlanUpdates = {
  readonly onTransfer: (status: TransferStatus) => void;
  readonly onAircraftPlan: (plan: AircraftPlan) => void;
  /** The fence areas on board have changed, or became known. */
  readonly onFenceItems: () => void;
  readonly onPlanNotice: (notice: PlanNotice) => void;
  readonly record: VehicleOutputs["record"];
};

/** Why a plan on board must not be flown. */
export type PlanRefusal = Extract<CommandReason, "not-verified" | "plan-not-read" | "plan-changed" | "plan-refused">;

export type PlanUpload = {
  readonly plan: Plan;
  readonly planHash: string;
  /** The operator's reason for uploading a plan despite blocking findings. */
  readonly overrideReason: string | undefined;
};

/** A "read-back" is the station's own read and gives way to others; a start waits for a "confirm". */
type JobKind = "upload" | "download" | "read-back" | "confirm";
type Job = {
  readonly kind: JobKind;
  readonly transfer: MissionTransfer | undefined;
  /** Ends an upload that waits for the autopilot's own check, before that is over. */
  readonly endUnchecked: (() => void) | undefined;
};

/** The lists on board of one aircraft, and the transfers that change them: one at a time. */
export class MissionService {
  readonly #options: MissionServiceOptions;
  readonly #state: OnboardPlanState;
  readonly #watch: PlanWatch;
  #job: Job | undefined;
  #readBack: ReadBack | undefined;
  /** When the current upload last started its mission from the first item. */
  #missionBegunAtMonoMs = 0;
  /** Signs of changes by others, received during a transfer of ours. */
  readonly #doubtsOfJob = new Map<PlanPart, PlanDoubt>();

  constructor(options: MissionServiceOptions) {
    this.#options = options;
    this.#watch = new PlanWatch(options.link);
    this.#state = new OnboardPlanState((part, held) => {
      if (part === "mission") options.updates.onAircraftPlan(held);
      if (part === "fence") options.updates.onFenceItems();
    }, this.#isHomeFirst);
    this.#readBack = firstReadBack(options.time.clock.monoMs());
  }

  readonly aircraftPlan = (): AircraftPlan => this.#state.held("mission");
  readonly fenceItems = (): AircraftPlan => this.#state.held("fence");
  readonly fenceAreas = (): FenceAreas | undefined => this.#state.fenceAreas();
  /** The whole plan that is verified on the aircraft. */
  readonly verifiedPlan = (): Plan | undefined => this.#state.verifiedPlan();

  readonly onFrame = (frame: MavlinkFrame): void => {
    const received = missionEventFrom(frame, this.#options.link);
    if (received) this.#job?.transfer?.onEvent({ kind: "received", ...received });
    const doubts = this.#watch.onFrame(frame, this.#options.time.clock.monoMs());
    // Our own upload changes counts and ids; an answer to another station during it is never caused by us.
    const isOurDoing = ({ because }: DoubtedPart): boolean =>
      this.#job?.kind === "upload" && because !== "other-station";
    for (const doubt of doubts) if (!isOurDoing(doubt)) this.#onDoubt(doubt.part, doubt.because);
  };

  /** A frame received from another station: it may be changing what is on board. */
  readonly onOthersFrame = (frame: MavlinkFrame): void => {
    for (const part of partsSentByOthers(frame, this.#options.link)) this.#onDoubt(part, "other-station");
  };

  /** The autopilot restarted: its lists must be read again. */
  readonly onReboot = (): void => this.#doubtAll("reboot");

  /** A text of the autopilot; a rejection of the mission counts whenever it arrives. */
  readonly onText = (text: VehicleText): void => {
    const doubts =
      text.componentId === undefined ? this.#watch.onText(text.text, this.#options.time.clock.monoMs()) : [];
    for (const doubt of doubts) this.#onDoubt(doubt.part, doubt.because);
    if (isMissionRejection(text) && this.#state.partsOfPlan().length > 0) this.#state.refusedByAircraft([text.text]);
  };

  readonly onPresence = (isLost: boolean): void => {
    const isOwnRead = this.#job?.kind === "read-back" || this.#job?.kind === "confirm";
    if (isOwnRead) this.#job?.transfer?.onEvent({ kind: "cancel" });
    else this.#job?.transfer?.onEvent({ kind: isLost ? "vehicle-lost" : "vehicle-back" });
    if (isLost) this.#doubtAll("silence");
    else this.#readBack = withParts(this.#readBack, [], this.#options.time.clock.monoMs());
  };

  readonly cancel = (): void => {
    if (this.#job?.kind !== "read-back") this.#job?.transfer?.onEvent({ kind: "cancel" });
  };

  /** Whoever waits for a transfer is answered, also during the wait for the autopilot's own check. */
  readonly dispose = (): void => {
    this.#job?.transfer?.onEvent({ kind: "cancel" });
    this.#job?.endUnchecked?.();
  };

  /** Called twice a second: reads a list on board where it is unknown and nothing else is in progress. */
  readonly tick = (): void => {
    const { time, vehicle, transferLock } = this.#options;
    const { clock } = time;
    const readBack = this.#readBack;
    if (!readBack || this.#job || clock.monoMs() < readBack.dueMonoMs) return;
    const { isHighLatency } = vehicle.state();
    if (vehicle.isLost() || isHighLatency || !dialectOf(vehicle.state()) || transferLock.isTaken()) return;
    const [part] = readBack.parts;
    const release = this.#options.transferLock.claim("plan", () => {
      this.#job?.transfer?.onEvent({ kind: "cancel" });
    });
    if (!release) return;
    this.#readBack = afterAttempt(readBack, clock.monoMs());
    this.#run({
      kind: "read-back",
      stages: [{ kind: "download", part }],
      release,
      onEnd: (ended) => this.#onReadBack(part, ended),
    });
  };

  /**
   * Resolves when every list of the plan is verified on the aircraft, or with the failure. A refused upload changes
   * nothing.
   */
  readonly upload = (upload: PlanUpload): Promise<Result<void, TransferFailure>> => {
    const ready = this.#readyFor(upload);
    if (!ready.ok) return this.#refuse(ready.error);
    const { stages, release, countOfBlockingFindings } = ready.value;
    this.#readBack = undefined;
    this.#doubtsOfJob.clear();
    this.#state.begin({ ...upload, countOfBlockingFindings }, stages);
    this.#missionBegunAtMonoMs = this.#options.time.clock.monoMs();
    return new Promise((resolve) => {
      const onEnd = (ended: Ended): void => {
        this.#watch.end(this.#options.time.clock.monoMs(), this.#options.link.roundTripMs(), totalOf(ended, stages));
        const result = this.#afterUpload(ended);
        this.#options.updates.onTransfer(result.ok ? uploadStatus(ended, stages) : failedStatus(ended, result.error));
        resolve(result);
      };
      this.#run({ kind: "upload", stages, release, onEnd, lingersForMs: this.#verdictWaitMs() });
    });
  };

  /**
   * Reads the plan on board again and compares it, before the aircraft is allowed to fly it: a station that we do not
   * receive may have changed it. Calls back with undefined when it is the verified plan.
   */
  readonly confirm = (onConfirmed: (refusal: PlanRefusal | undefined) => void): void => {
    const refusal = this.#whyNotConfirm();
    // Parameter and log transfers go on meanwhile: a start does not wait for them.
    const release = this.#options.transferLock.claim("plan") ?? (() => undefined);
    if (refusal !== undefined || this.#job) {
      release();
      onConfirmed(refusal ?? "plan-not-read");
      return;
    }
    const stages = this.#state.partsOfPlan().map((part) => ({ kind: "download", part }) as const);
    this.#doubtsOfJob.clear();
    const onEnd = (ended: Ended): void => {
      if (ended.phase === "failed") this.#doubtAll("not-read");
      else this.#note(ended);
      onConfirmed(this.#refusalNow());
    };
    this.#run({ kind: "confirm", stages, release, onEnd });
  };

  #whyNotConfirm(): PlanRefusal | undefined {
    const { kind } = this.aircraftPlan();
    if (kind === "refused-by-aircraft") return "plan-refused";
    if (kind !== "verified" && kind !== "to-be-read-again") return "not-verified";
    return this.#able().ok ? undefined : "plan-not-read";
  }

  #refusalNow(): PlanRefusal | undefined {
    const { kind } = this.aircraftPlan();
    if (kind === "verified") return undefined;
    if (kind === "refused-by-aircraft") return "plan-refused";
    return kind === "to-be-read-again" ? "plan-not-read" : "plan-changed";
  }

  /** Resolves with a `.plan` text of what the aircraft holds. Changes no plan in the station. */
  readonly download = (): Promise<Result<string, TransferFailure>> => {
    const able = this.#able();
    if (!able.ok) return this.#refuse(able.error);
    const release = this.#options.transferLock.claim("plan");
    if (!release) return this.#refuse({ kind: "busy" });
    const parts: readonly PlanPart[] = ["mission", "fence", "rally"];
    const stages = parts.map((part) => ({ kind: "download", part }) as const);
    return new Promise((resolve) => {
      const onEnd = (ended: Ended): void => {
        this.#note(ended);
        const status = transferStatusOf(ended);
        this.#options.updates.onTransfer(status.phase === "failed" ? { ...status, isDownload: true } : status);
        if (ended.phase === "failed") resolve(err(ended.failure));
        else resolve(ok(aircraftPlanText(ended.held, this.#options.vehicle.state(), able.value)));
      };
      this.#run({ kind: "download", stages, release, onEnd });
    });
  };

  /** A command that outranks the start was given. */
  readonly cancelConfirm = (): void => {
    if (this.#job?.kind === "confirm") this.#job.transfer?.onEvent({ kind: "cancel" });
  };

  #afterUpload(ended: Ended): Result<void, TransferFailure> {
    const { time, vehicle } = this.#options;
    if (ended.phase === "failed") {
      this.#state.failed(ended, time.clock.unixUs());
      // What the aircraft holds now is read.
      if (ended.failure.kind !== "not-possible")
        this.#readBack = withParts(undefined, [ended.part], time.clock.monoMs());
      return err(ended.failure);
    }
    this.#state.verified(time.clock.unixUs());
    // Texts about an earlier, interrupted attempt do not concern the mission now on board.
    const isChecked = dialectOf(vehicle.state())?.checksMissionAfterUpload === true;
    const reasons = isChecked ? missionRefusalsSince(vehicle.state(), this.#missionBegunAtMonoMs) : [];
    if (reasons.length > 0) this.#state.refusedByAircraft(reasons);
    this.#raiseDoubtsOfJob();
    return reasons.length > 0 ? err({ kind: "refused-by-aircraft", reasons }) : ok(undefined);
  }

  #verdictWaitMs(): number {
    const { vehicle, link } = this.#options;
    const isChecked = dialectOf(vehicle.state())?.checksMissionAfterUpload === true;
    return isChecked ? VERDICT_WAIT_MS + 2 * (link.roundTripMs() ?? 0) : 0;
  }

  #able(): Result<Dialect, TransferFailure> {
    const vehicle = this.#options.vehicle.state();
    if (this.#options.vehicle.isLost()) return err({ kind: "vehicle-lost" });
    const dialect = dialectOf(vehicle);
    if (!dialect) return err({ kind: "not-possible", because: "watched-only" });
    return vehicle.isHighLatency ? err({ kind: "not-possible", because: "high-latency-link" }) : ok(dialect);
  }

  #readyFor({ plan, overrideReason }: PlanUpload) {
    const able = this.#able();
    if (!able.ok) return able;
    const vehicle = this.#options.vehicle.state();
    // First what no reason can override: a part that would not be flown, and what the autopilot does not accept.
    const parts = unsendableParts(plan);
    if (parts.length > 0) return err({ kind: "not-whole", parts } as const);
    const stages = uploadStagesOf(plan, vehicle, able.value);
    if (!stages.ok) return stages;
    const findings = blockingFindings(plan, vehicle, this.#options.terrain());
    const reason = overrideReason?.trim() ?? "";
    if (findings.length > 0 && reason === "")
      return err({ kind: "needs-override", blockingFindings: findings } as const);
    const release = this.#options.transferLock.claim("plan");
    if (!release) return err({ kind: "busy" } as const);
    if (findings.length > 0) {
      this.#options.updates.record("plan-override", { plan: plan.name, objections: findings, reason });
      const facts = { vehicle: vehicleNameOf(vehicle), plan: plan.name, reason };
      this.#options.updates.onPlanNotice({ severity: "caution", key: "plan-override", facts });
    }
    return ok({ stages: stages.value, release, countOfBlockingFindings: findings.length });
  }

  #refuse(failure: TransferFailure): Promise<{ readonly ok: false; readonly error: TransferFailure }> {
    // A transfer in progress goes on: its status stays, and only the reply says that this request was refused.
    const isInProgress = this.#job !== undefined && this.#job.kind !== "read-back";
    if (!isInProgress && failure.kind !== "busy") this.#options.updates.onTransfer({ phase: "failed", failure });
    return Promise.resolve(err(failure));
  }

  #run({ kind, stages, release, onEnd, lingersForMs = 0 }: RunOptions): void {
    const { link, time } = this.#options;
    const job: { -readonly [Key in keyof Job]: Job[Key] } = { kind, transfer: undefined, endUnchecked: undefined };
    const onState = (state: TransferJobState): void => {
      if (state.phase === "active") {
        this.#onProgress(kind, state);
        return;
      }
      const end = (ended: Ended): void => {
        this.#job = undefined;
        release();
        onEnd(ended);
      };
      const lastPart = stages.at(-1)?.part;
      if (state.phase === "failed" || lingersForMs === 0 || lastPart === undefined) {
        end(state);
        return;
      }
      const stopWaiting = time.scheduler.after(lingersForMs, () => end(state));
      job.endUnchecked = () => {
        stopWaiting();
        const failure = { kind: "cancelled" } as const;
        end({ phase: "failed", part: lastPart, isUpload: kind === "upload", failure, held: {} });
      };
    };
    this.#job = job;
    const partsOf = (wanted: TransferStage["kind"]) =>
      stages.flatMap((stage) => (stage.kind === wanted ? [stage.part] : []));
    this.#watch.begin({ sends: partsOf("upload"), reads: partsOf("download") });
    job.transfer = runMissionTransfer({ stages, link, scheduler: time.scheduler, onState });
  }

  #onProgress(kind: JobKind, state: TransferJobState): void {
    if (kind === "read-back" || kind === "confirm") return;
    const status = transferStatusOf(state);
    // From the first message of a list's upload on, what was known of that list is no longer valid.
    if (kind === "upload" && "part" in status) {
      this.#state.touched(status.part);
      const isBegun = status.phase === "uploading" && status.part === "mission" && status.countOfDone === 0;
      if (isBegun) this.#missionBegunAtMonoMs = this.#options.time.clock.monoMs();
    }
    this.#options.updates.onTransfer(status);
  }

  #onReadBack(part: PlanPart, ended: Ended): void {
    if (ended.phase === "failed") return; // a further read is scheduled already
    this.#readBack = withoutPart(this.#readBack, part, this.#options.time.clock.monoMs());
    this.#note(ended);
  }

  #note(ended: Ended): void {
    const { time, link } = this.#options;
    for (const part of this.#state.read(ended.held, time.clock.unixUs())) this.#publishChanged(part);
    this.#watch.end(time.clock.monoMs(), link.roundTripMs(), this.#countOfRead(ended));
    this.#raiseDoubtsOfJob();
  }

  readonly #isHomeFirst = (): boolean => dialectOf(this.#options.vehicle.state())?.firstItemIsHome === true;

  /** The number of mission items that were read; undefined when the mission was not read. */
  #countOfRead({ held: { mission } }: Ended): number | undefined {
    const firstItemIsHome = this.#isHomeFirst();
    return mission && countOfPlanItems({ part: "mission", items: mission, firstItemIsHome });
  }

  /** A verified list may have changed: it is read again as soon as whoever changes it is likely to be done. */
  #onDoubt(part: PlanPart, because: PlanDoubt): void {
    if (this.#job) {
      this.#doubtsOfJob.set(part, because);
      return;
    }
    const known = this.#state.doubt(part, because);
    if (because !== "other-station") this.#watch.accept();
    if (known !== "unknown" || part === "fence") {
      this.#readBack = withParts(this.#readBack, [part], this.#options.time.clock.monoMs() + OTHERS_DONE_MS);
    }
    if (known === "verified") this.#publishDoubt(part, because);
  }

  #doubtAll(because: PlanDoubt): void {
    const parts = this.#state.partsOfPlan();
    for (const part of parts) this.#state.doubt(part, because);
    if (parts.length > 0) this.#readBack = withParts(this.#readBack, parts, this.#options.time.clock.monoMs());
  }

  /** Handles what was received during the transfer: the list that was read may be older than that. */
  #raiseDoubtsOfJob(): void {
    for (const { part, because } of this.#watch.changedSinceCount()) this.#doubtsOfJob.set(part, because);
    const doubts = [...this.#doubtsOfJob];
    this.#doubtsOfJob.clear();
    for (const [part, because] of doubts) this.#onDoubt(part, because);
  }

  #publishDoubt(part: PlanPart, because: PlanDoubt): void {
    const facts = { vehicle: vehicleNameOf(this.#options.vehicle.state()), part, because };
    this.#options.updates.onPlanNotice({ severity: "caution", key: "aircraft-plan-doubted", facts });
    this.#options.updates.record("aircraft-plan-doubted", { part, because });
  }

  #publishChanged(part: PlanPart): void {
    const facts = { vehicle: vehicleNameOf(this.#options.vehicle.state()), part };
    this.#options.updates.onPlanNotice({ severity: "danger", key: "aircraft-plan-changed", facts });
    this.#options.updates.record("aircraft-plan-changed", { part });
  }
}

type RunOptions = {
  readonly kind: JobKind;
  readonly stages: readonly TransferStage[];
  readonly release: () => void;
  readonly onEnd: (ended: Ended) => void;
  /** After a success, wait this long for the autopilot's own check, which is part of the verdict. */
  readonly lingersForMs?: number;
};
