import type { Camera } from "../../../src/vehicle/payload.js";
import { useText } from "../../app/text.js";
import { useFormat } from "../../app/useFormat.js";
import { Button } from "../../ui/Button.js";
import { NumberField } from "../../ui/NumberField.js";
import { Segments } from "../../ui/Segments.js";
import { useFly } from "../FlyContext.js";

type CameraProps = { readonly camera: Camera };

/** Model, storage and functions of a camera; functions it does not have are not shown. */
export function CameraControls({ camera }: CameraProps) {
  return (
    <section className="fly-device" data-testid={`camera-${camera.id}`}>
      <Title camera={camera} />
      <Figures camera={camera} />
      <Capture camera={camera} />
      <Level camera={camera} kind="zoom" />
      <Level camera={camera} kind="focus" />
      <Streams camera={camera} />
    </section>
  );
}

function Title({ camera }: CameraProps) {
  const t = useText();
  const format = useFormat();
  const name = [camera.vendorName, camera.modelName].filter((part) => part !== undefined).join(" ");
  const span = format.spanText(camera.recordingS ?? 0);
  return (
    <h3>
      {name === "" ? t("fly.camera.unnamed", { id: camera.id }) : name}{" "}
      {camera.isRecording && <span data-tone="caution">● {t("fly.camera.recording", { span })}</span>}
    </h3>
  );
}

function Figures({ camera }: CameraProps) {
  const t = useText();
  const format = useFormat();
  const { countOfImages, storageFreeMib, thermalRange } = camera;
  const figures: string[] = [];
  if (countOfImages !== undefined) figures.push(t("fly.camera.images", { count: countOfImages }));
  if (storageFreeMib !== undefined) {
    figures.push(t("fly.camera.storage", { free: format.bytesText(storageFreeMib * 2 ** 20) }));
  }
  if (thermalRange) {
    const { minC, maxC } = thermalRange.value;
    figures.push(t("fly.camera.thermal", { min: format.numberText(minC, 0), max: format.numberText(maxC, 0) }));
  }
  return <p className="fly-figures">{figures.join(" · ")}</p>;
}

function Capture({ camera }: CameraProps) {
  const t = useText();
  const { flyView } = useFly();
  const { id: cameraId, can, mode } = camera;
  const isRecording = camera.isRecording === true;
  return (
    <div className="fly-buttons">
      {can.hasModes && mode !== "survey" && (
        <Segments
          label={t("fly.camera.mode")}
          selected={mode ?? "image"}
          options={[
            { id: "image", label: t("fly.camera.mode.image") },
            { id: "video", label: t("fly.camera.mode.video") },
          ]}
          onSelect={(chosen) => flyView.sendPayload({ kind: "camera-mode", cameraId, mode: chosen })}
        />
      )}
      {can.capturesImages && (
        <Button
          label={t("fly.camera.image")}
          isSmall
          onPress={() => flyView.sendPayload({ kind: "camera-image", cameraId })}
          testId="camera-image"
        />
      )}
      {can.capturesVideo && (
        <Button
          label={t(isRecording ? "fly.camera.stop" : "fly.camera.record")}
          isSmall
          isPressed={isRecording}
          onPress={() => flyView.sendPayload({ kind: "camera-record", cameraId, isOn: !isRecording })}
          testId="camera-record"
        />
      )}
    </div>
  );
}

function Level({ camera, kind }: CameraProps & { readonly kind: "zoom" | "focus" }) {
  const t = useText();
  const format = useFormat();
  const { flyView } = useFly();
  const isThere = kind === "zoom" ? camera.can.zooms : camera.can.focuses;
  if (!isThere) return null;
  const known = kind === "zoom" ? camera.zoomPercent : camera.focusPercent;
  return (
    <NumberField
      label={t(`fly.camera.${kind}`)}
      unit="%"
      value={known ?? 0}
      digits={0}
      min={0}
      max={100}
      step={5}
      decimalMark={format.decimalMark}
      onChange={(percent) => flyView.sendPayload({ kind: `camera-${kind}`, cameraId: camera.id, percent })}
      testId={`camera-${kind}`}
    />
  );
}

function Streams({ camera }: CameraProps) {
  const t = useText();
  const { flyView } = useFly();
  const { id: cameraId, streams } = camera;
  if (streams.length === 0) return null;
  return (
    <ul className="fly-streams">
      {streams.map(({ streamId, name, uri, encoding, isRunning, isThermal, widthPx, heightPx }) => (
        <li key={streamId}>
          <span title={uri}>
            {name === "" ? t("fly.camera.stream", { id: streamId }) : name}{" "}
            {isThermal && <b>◉ {t("fly.camera.isThermal")}</b>} {encoding} {widthPx}×{heightPx}
          </span>
          <Button
            label={t(isRunning ? "fly.camera.stop" : "fly.camera.start")}
            isSmall
            onPress={() => flyView.sendPayload({ kind: "camera-stream", cameraId, streamId, isOn: !isRunning })}
          />
        </li>
      ))}
    </ul>
  );
}
