import { assertNever, err, ok, type Result } from "../../core/result.js";
import type { StationFailure } from "../../contract/failures.js";
import type { ReplyValue, UiRequest } from "../../contract/messages.js";
import { sha256Hex } from "../../io/fileStore.js";
import { readPlanFile } from "../../plan/formats/planFile.js";
import type { VehicleId } from "../../vehicle/vehicleState.js";
import type { CoastStore } from "../coastStore.js";
import type { PlanStore } from "../planStore.js";
import type { RecordingStore } from "../recordingStore.js";
import type { VehicleSession } from "../vehicle/vehicleSession.js";

export type RequestContext = {
  readonly vehicle: (id: VehicleId) => VehicleSession | undefined;
  readonly plans: PlanStore;
  readonly recordings: RecordingStore;
  readonly coast: CoastStore;
  readonly onCoastReplaced: () => void;
  /** A plan was verified on an aircraft. */
  readonly onPlanVerified: (planText: string) => void;
};

type Answer = Result<ReplyValue, StationFailure>;
const DONE: Answer = ok({ kind: "done" });

/** Answers one request; a vehicle's command or transfer when it is over. Expected failures are answers, not exceptions. */
export async function answerRequest(request: UiRequest, context: RequestContext): Promise<Answer> {
  switch (request.kind) {
    case "command":
    case "upload-plan":
    case "cancel-transfer":
      return answerVehicleRequest(request, context);
    case "list-plans":
      return ok({ kind: "plans", names: await context.plans.list() });
    case "load-plan": {
      const text = await context.plans.load(request.name);
      return text.ok ? ok({ kind: "plan", name: request.name, planText: text.value }) : text;
    }
    case "save-plan": {
      const saved = await context.plans.save(request.name, request.planText);
      return saved.ok ? DONE : saved;
    }
    case "get-coast": {
      const documentJson = context.coast.documentJson();
      return documentJson === undefined
        ? err({ kind: "not-found", what: "coast" })
        : ok({ kind: "coast", documentJson });
    }
    case "load-coast-line": {
      const replaced = await context.coast.replace(request.geojsonText);
      if (!replaced.ok) return replaced;
      context.onCoastReplaced();
      return ok({ kind: "coast", documentJson: replaced.value });
    }
    default:
      return answerRecordingRequest(request, context.recordings);
  }
}

type VehicleRequest = Extract<UiRequest, { kind: "command" | "upload-plan" | "cancel-transfer" }>;

async function answerVehicleRequest(request: VehicleRequest, context: RequestContext): Promise<Answer> {
  const vehicle = context.vehicle(request.vehicleId);
  if (!vehicle) return err({ kind: "no-vehicle" });
  switch (request.kind) {
    case "command": {
      const over = await vehicle.command(request.command);
      return over.ok ? DONE : err({ kind: "command", failure: over.error });
    }
    case "upload-plan": {
      const plan = readPlanFile(request.planText, "plan");
      if (!plan.ok) return plan;
      const over = await vehicle.upload(plan.value, sha256Hex(request.planText));
      if (!over.ok) return err({ kind: "transfer", failure: over.error });
      context.onPlanVerified(request.planText);
      return DONE;
    }
    case "cancel-transfer":
      vehicle.cancelTransfer();
      return DONE;
    default:
      return assertNever(request);
  }
}

type RecordingRequest = Exclude<
  UiRequest,
  VehicleRequest | { kind: "list-plans" | "load-plan" | "save-plan" | "get-coast" | "load-coast-line" }
>;

async function answerRecordingRequest(request: RecordingRequest, recordings: RecordingStore): Promise<Answer> {
  switch (request.kind) {
    case "list-recordings":
      return ok({ kind: "recordings", recordings: await recordings.list() });
    case "open-recording":
    case "open-recording-bytes": {
      const opened =
        request.kind === "open-recording"
          ? await recordings.open(request.path)
          : await recordings.openBytes(request.name, request.bytes);
      return opened.ok ? ok({ kind: "recording", document: opened.value }) : opened;
    }
    case "recording-frame": {
      const frame = await recordings.frame(request.recordingId, request.unixTimeUs);
      return frame.ok ? ok({ kind: "frame", frame: frame.value }) : frame;
    }
    case "close-recording":
      recordings.close(request.recordingId);
      return DONE;
    default:
      return assertNever(request);
  }
}
