import { useCallback } from "react";
import type { VehiclePath } from "../../../src/contract/linkMessages.js";
import { useText } from "../../app/text.js";
import { useFormat } from "../../app/useFormat.js";
import { useTick } from "../../app/useTick.js";
import { useStation } from "../../bridge/StoresContext.js";
import { Panel } from "../../ui/Panel.js";
import { useVehicles } from "../useVehicles.js";
import { PathActions } from "./PathActions.js";

const SIGN: Readonly<Record<VehiclePath["state"], string>> = { active: "●", standby: "○", silent: "■" };
const TONE = { active: "good", standby: "plain", silent: "danger" } as const;

type PathsOfVehicle = { readonly vehicleId: string; readonly paths: readonly VehiclePath[] };

function usePaths(): readonly PathsOfVehicle[] {
  const station = useStation();
  return useTick(
    useCallback(() => station.paths.get(), [station]),
    2,
  );
}

function Path({ path }: { readonly path: VehiclePath }) {
  const t = useText();
  const format = useFormat();
  return (
    <li data-testid={`path-${path.linkName}`}>
      <b className="setup-tone" data-tone={TONE[path.state]}>
        <span aria-hidden="true">{SIGN[path.state]}</span> {t(`setup.paths.${path.state}`)}
      </b>
      <code>{path.linkName}</code>
      <span className="setup-figure">{t("setup.paths.loss", { loss: format.percentText(path.lossFraction, 1) })}</span>
      <span className="setup-figure">
        {path.roundTripMs === undefined ? t("setup.unknown") : `${format.numberText(path.roundTripMs)}\u00a0ms`}
      </span>
      {path.isHighLatency && (
        <small className="setup-tone" data-tone="caution">
          ▲ {t("setup.paths.high-latency")}
        </small>
      )}
    </li>
  );
}

/** Which link is used for each aircraft, and which would replace it. */
export function PathsPanel() {
  const t = useText();
  const vehicles = useVehicles();
  const pathsByVehicle = usePaths();
  return (
    <Panel title={t("setup.paths.title")} testId="paths">
      {vehicles.length === 0 && <p className="setup-dim">{t("setup.paths.none")}</p>}
      {vehicles.length > 0 && <p className="setup-dim">{t("setup.paths.about")}</p>}
      {vehicles.map(({ id, name, colour, systemId }) => {
        const paths = pathsByVehicle.find(({ vehicleId }) => vehicleId === id)?.paths ?? [];
        return (
          <section key={id} className="setup-ways" style={{ borderLeftColor: colour }}>
            <h3>{name}</h3>
            <ul>
              {paths.map((path) => (
                <Path key={path.linkName} path={path} />
              ))}
            </ul>
            {paths.length === 1 && <small>{t("setup.paths.only")}</small>}
            <PathActions
              vehicleId={id}
              name={name}
              isHighLatency={paths.some((path) => path.state === "active" && path.isHighLatency)}
              sameSysId={vehicles.filter((other) => other.id !== id && other.systemId === systemId)}
            />
          </section>
        );
      })}
    </Panel>
  );
}
