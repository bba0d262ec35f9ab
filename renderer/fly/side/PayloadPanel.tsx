import type { Payload } from "../../../src/vehicle/payload.js";
import { failureText } from "../../app/failureText.js";
import { useText } from "../../app/text.js";
import { useLatest, useWhole } from "../../bridge/latest.js";
import { useStation } from "../../bridge/StoresContext.js";
import { CameraControls } from "./CameraControls.js";
import { useFly } from "../FlyContext.js";
import { GimbalControls } from "./GimbalControls.js";
import { RemoteIdForm } from "./RemoteIdForm.js";

/** Gimbals, cameras and Remote ID of the target. */
export function PayloadPanel() {
  const t = useText();
  const station = useStation();
  const target = useLatest(station.target, (id) => id);
  const payloads = useWhole(station.services.payloads);
  const payload = target === undefined ? undefined : payloads.get(target);
  if (!payload || isEmpty(payload)) return <p className="fly-empty">{t("fly.payload.none")}</p>;
  return (
    <div className="fly-payload" data-testid="payload">
      <Failure />
      {payload.gimbals.map((gimbal) => (
        <GimbalControls key={gimbal.id} gimbal={gimbal} />
      ))}
      {payload.cameras.map((camera) => (
        <CameraControls key={camera.id} camera={camera} />
      ))}
      {/* Only aircraft with a Remote ID transmitter ask for the operator */}
      {payload.remoteId && <RemoteIdForm remoteId={payload.remoteId} />}
    </div>
  );
}

const isEmpty = ({ gimbals, cameras, remoteId }: Payload): boolean =>
  gimbals.length === 0 && cameras.length === 0 && remoteId === undefined;

function Failure() {
  const t = useText();
  const { flyView } = useFly();
  const failure = useWhole(flyView.payloadFailure);
  if (!failure) return null;
  const { what, advice } = failureText(t, failure);
  return (
    <p data-tone="caution" role="status">
      ▲ {what} {advice}
    </p>
  );
}
