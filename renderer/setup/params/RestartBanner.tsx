import { orderOf } from "../../bridge/commandOrder.js";
import type { Param } from "../../../src/vehicle/params.js";
import { useText } from "../../app/text.js";
import { useLatest } from "../../bridge/latest.js";
import { useStation } from "../../bridge/StoresContext.js";
import { HoldButton } from "../../ui/HoldButton.js";
import { HOLD_MS } from "../../ui/holding.js";
import { Toast } from "../../ui/Toast.js";
import { FailureToast } from "../FailureToast.js";
import { useAsk } from "../useAsk.js";
import { useUnreachable, type VehicleFacts } from "../useVehicles.js";

const NAMES_SHOWN = 4;

type RestartBannerProps = { readonly vehicle: VehicleFacts; readonly awaiting: readonly Param[] };

/** Parameters that take effect after a restart of the autopilot, and the restart button. */
export function RestartBanner({ vehicle, awaiting }: RestartBannerProps) {
  const t = useText();
  const { state, ask } = useAsk();
  const unreachable = useUnreachable(vehicle);
  const reason = useLatest(useStation().services.abilities, (all) => all.get(vehicle.id)?.reboot);
  const { name } = vehicle;
  if (awaiting.length === 0) {
    return state.kind === "done" ? <Toast tone="info" title={t("setup.params.restart.done", { name })} /> : null;
  }
  const first = awaiting
    .slice(0, NAMES_SHOWN)
    .map((param) => param.name)
    .join(", ");
  const countOfMore = awaiting.length - NAMES_SHOWN;
  const names = countOfMore > 0 ? t("setup.params.restart.more", { names: first, count: countOfMore }) : first;
  const because = (): string | undefined => {
    if (unreachable !== undefined) return t(unreachable);
    if (vehicle.isArmed) return t("setup.because.armed");
    return reason === undefined ? undefined : t(`reason.${reason}`);
  };
  return (
    <div className="setup-restart" role="status" data-testid="param-restart">
      <span>
        <strong>▲ {t("setup.params.restart.title", { names })}</strong>
        <small>{t("setup.params.restart.do", { name })}</small>
      </span>
      <span className="setup-confirm" style={{ borderColor: vehicle.colour }}>
        <HoldButton
          label={t("setup.params.restart", { name })}
          hint={because() ?? t("setup.params.restart.hold")}
          holdMs={HOLD_MS}
          tone="caution"
          onConfirm={() => void ask({ kind: "command", vehicleId: vehicle.id, ...orderOf({ kind: "reboot" }, true) })}
          disabledBecause={because()}
          isBusy={state.kind === "pending"}
          testId="param-reboot"
        />
      </span>
      {state.kind === "failed" && <FailureToast failure={state.failure} />}
    </div>
  );
}
