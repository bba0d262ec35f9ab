import { useCallback, useState, useSyncExternalStore } from "react";
import { failureText, transferFailureText } from "../app/failureText.js";
import type { Format } from "../app/format.js";
import { type Translate, useText } from "../app/text.js";
import { useFormat } from "../app/useFormat.js";
import { useLatest, useWhole } from "../bridge/latest.js";
import { useStation } from "../bridge/StoresContext.js";
import { Button } from "../ui/Button.js";
import { Meter } from "../ui/Meter.js";
import { Toast } from "../ui/Toast.js";
import type { StationFailure } from "../../src/contract/failures.js";
import { writePlanFile } from "../../src/plan/formats/planFile.js";
import type { Plan } from "../../src/plan/plan.js";
import type { VehicleId } from "../../src/vehicle/vehicleState.js";
import { usePlanEditor } from "./PlanEditorContext.js";
import { showPlan } from "./planEditorState.js";
import { OverrideForm } from "./OverrideForm.js";
import { type UploadView, uploadView } from "./uploadState.js";
import { vehicleName } from "../panels/vehicleIdentity.js";

function viewWords(t: Translate, format: Format, view: UploadView): string {
  switch (view.kind) {
    case "idle":
      return t("plan.upload.idle");
    case "busy": {
      const key = view.phase === "uploading" ? "plan.upload.sending" : "plan.upload.reading";
      return t(key, { done: view.countOfDone, total: view.countOfItems });
    }
    case "verified":
    case "outdated":
      return t(`plan.upload.${view.kind}`, { time: format.utcText(view.unixTimeUs) });
    case "overridden":
      return t("plan.upload.overridden", {
        time: format.utcText(view.unixTimeUs),
        count: view.countOfBlockingFindings,
      });
    case "to-be-read-again":
      return t("plan.upload.to-be-read-again", { because: t(`plan.doubt.${view.because}`) });
    case "differs":
      return t("plan.upload.differs", { count: view.differences.length });
    case "objected":
    case "failed":
      return t(`plan.upload.${view.kind}`);
  }
}

type ViewDetailsProps = {
  readonly view: UploadView;
  readonly vehicleName: string;
  /** Undefined when the blocking findings concern another plan than the one on screen. */
  readonly onOverride: ((reason: string) => void) | undefined;
  readonly onCancel: () => void;
};

function ViewDetails({ view, vehicleName: name, onOverride, onCancel }: ViewDetailsProps) {
  const t = useText();
  if (view.kind === "objected") {
    const words = transferFailureText(t, { kind: "needs-override", blockingFindings: view.blockingFindings });
    return (
      <Toast tone={words.severity} title={words.what} advice={words.advice} testId="upload-objected">
        {onOverride && (
          <OverrideForm
            blockingFindings={view.blockingFindings}
            vehicleName={name}
            onSend={onOverride}
            onCancel={onCancel}
          />
        )}
      </Toast>
    );
  }
  if (view.kind === "failed") {
    const words = transferFailureText(t, view.failure);
    return <Toast tone={words.severity} title={words.what} advice={words.advice} testId="upload-failure" />;
  }
  if (view.kind !== "differs") return null;
  const words = transferFailureText(t, { kind: "differs", differences: view.differences });
  return (
    <Toast tone="danger" title={words.what} advice={words.advice} testId="upload-failure">
      <ul className="plan-differences">
        {view.differences.slice(0, 5).map((difference) => (
          <li key={`${difference.seq} ${difference.field}`}>{t("plan.upload.difference", { ...difference })}</li>
        ))}
      </ul>
    </Toast>
  );
}

/** Opens the plan on board in the editor, so that Start flies what is on screen. */
function OpenPlanAboard({ target }: { readonly target: VehicleId | undefined }) {
  const t = useText();
  const station = useStation();
  const { change } = usePlanEditor();
  const aboard = useWhole(station.plansAboard);
  const plan = target === undefined ? undefined : aboard.get(target)?.plan;
  if (plan === undefined) return null;
  return (
    <Button
      label={t("plan.upload.aboard")}
      isSmall
      onPress={() => change((before) => showPlan(before, plan))}
      testId="plan-aboard"
    />
  );
}

function useUploadView(target: VehicleId | undefined): UploadView {
  const station = useStation();
  const transfer = useSyncExternalStore(station.transfer.onChange, () => target && station.transfer.get().get(target));
  const onAircraft = useSyncExternalStore(
    station.aircraftPlan.onChange,
    () => target && station.aircraftPlan.get().get(target),
  );
  const shown = useSyncExternalStore(station.shownPlan.onChange, () => station.shownPlan.get());
  return uploadView({ transfer, onAircraft, shown });
}

function useBlockedBecause(target: VehicleId | undefined, plan: Plan): string | undefined {
  const t = useText();
  const station = useStation();
  const isLost = useLatest(station.connection, (state) => state !== "open");
  if (isLost) return t("plan.upload.lost");
  if (target === undefined) return t("plan.upload.no-vehicle");
  return plan.items.length === 0 ? t("plan.upload.empty") : undefined;
}

/** States that one line describes completely. */
const isSettled = ({ kind }: UploadView): boolean => kind === "verified" || kind === "overridden";

export function UploadControl() {
  const t = useText();
  const format = useFormat();
  const station = useStation();
  const { state } = usePlanEditor();
  const target = useLatest(station.target, (id) => id);
  const plan = useSyncExternalStore(state.onChange, () => state.get().history.present);
  const [refusal, setRefusal] = useState<StationFailure | undefined>(undefined);
  const [sentPlan, setSentPlan] = useState<Plan | undefined>(undefined);
  const view = useUploadView(target);
  const blocked = useBlockedBecause(target, plan);

  const name = useLatest(station.vehicles, (vehicles) => {
    const vehicle = vehicles.find(({ id }) => id === target);
    return vehicle && vehicleName(vehicle);
  });

  const upload = useCallback(
    async (overrideReason?: string) => {
      if (target === undefined) return;
      setRefusal(undefined);
      setSentPlan(plan);
      const reply = await station.request({
        kind: "upload-plan",
        vehicleId: target,
        planText: writePlanFile(plan),
        overrideReason,
      });
      // A failed transfer is reported by its own status; one refused because another is under way only by the reply.
      if (reply.ok) return;
      const { error } = reply;
      const status = station.transfer.get().get(target);
      const shown = status?.phase === "failed" ? status.failure.kind : undefined;
      if (error.kind !== "transfer" || error.failure.kind !== shown) setRefusal(error);
    },
    [station, target, plan],
  );
  const cancel = (): void => {
    if (target !== undefined) void station.request({ kind: "cancel-transfer", vehicleId: target });
  };
  const refused = refusal && failureText(t, refusal);
  const words = viewWords(t, format, view);
  return (
    <div className="plan-upload">
      {view.kind === "busy" ? (
        <Button label={t("plan.upload.cancel")} tone="caution" onPress={cancel} testId="upload-cancel" />
      ) : (
        <Button
          label={t("plan.upload")}
          tone="select"
          disabledBecause={blocked}
          onPress={() => void upload()}
          testId="upload"
        />
      )}
      <div className="plan-upload__state" data-kind={view.kind} role="status" data-testid="upload-state">
        <span>{words}</span>
        {view.kind === "busy" && <Meter label={words} fraction={view.fraction} testId="upload-progress" />}
        {name !== undefined && view.kind !== "busy" && <small>{name}</small>}
      </div>
      {(refused ?? !isSettled(view)) && (
        <div className="plan-upload__details">
          {refused && (
            <Toast tone={refused.severity} title={refused.what} advice={refused.advice} testId="upload-failure" />
          )}
          {view.kind === "outdated" && <OpenPlanAboard target={target} />}
          <ViewDetails
            view={view}
            vehicleName={name ?? ""}
            // The user's reason answers the blocking findings of exactly this plan: not to one changed since, nor to an upload
            // of another screen.
            onOverride={sentPlan === plan ? (reason) => void upload(reason) : undefined}
            // The blocking findings stay on screen; Upload tries again.
            onCancel={() => setSentPlan(undefined)}
          />
        </div>
      )}
    </div>
  );
}
