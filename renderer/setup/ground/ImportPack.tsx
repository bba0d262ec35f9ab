import { type ChangeEvent, useRef } from "react";
import type { PackManifest } from "../../../src/geo/pack/packManifest.js";
import { failureText } from "../../app/failureText.js";
import { useText } from "../../app/text.js";
import { useFormat } from "../../app/useFormat.js";
import { useWhole } from "../../bridge/latest.js";
import { useStation, useStore } from "../../bridge/StoresContext.js";
import { Button } from "../../ui/Button.js";
import { Meter } from "../../ui/Meter.js";
import { Toast } from "../../ui/Toast.js";
import { setupStore } from "../setupStore.js";
import { PackWorkLine } from "./PackWorkLine.js";

/** Choose a pack, see what is in it, and take it or leave it. */
export function ImportPack() {
  const t = useText();
  const { sending } = useStore(setupStore).ground;
  const state = useWhole(sending.state);
  const work = useWhole(useStation().packWork);
  const fileRef = useRef<HTMLInputElement>(null);
  const onFile = (event: ChangeEvent<HTMLInputElement>): void => {
    const input = event.currentTarget;
    const file = input.files?.[0];
    // Choosing the same file again must raise a change event, which it does only from an empty value.
    input.value = "";
    if (file) void sending.send(file);
  };
  const isFree = state.kind === "idle" || state.kind === "failed" || state.kind === "done";
  const failed = state.kind === "failed" ? failureText(t, state.failure) : undefined;
  return (
    <div className="setup-form">
      {isFree && (
        <Button label={t("setup.ground.import")} testId="import-pack" onPress={() => fileRef.current?.click()} />
      )}
      <input
        ref={fileRef}
        type="file"
        accept=".vigiepack"
        hidden
        aria-label={t("setup.ground.import")}
        data-testid="pack-file"
        onChange={onFile}
      />
      {state.kind === "sending" && (
        <div className="setup-form__row" role="status" data-testid="pack-sending">
          <span>{t("setup.ground.import.sending", { name: state.name })}</span>
          <Meter label={state.name} fraction={state.fraction} />
          <Button
            label={t("setup.ground.work.stop")}
            tone="caution"
            testId="pack-stop-sending"
            onPress={sending.leave}
          />
        </div>
      )}
      {state.kind === "shown" && (
        <>
          <PackInside manifest={state.manifest} />
          <div className="setup-form__row">
            <Button
              label={t("setup.ground.import.take")}
              tone="select"
              testId="take-pack"
              disabledBecause={work ? t("setup.ground.work.busy") : undefined}
              onPress={() => void sending.take()}
            />
            <Button label={t("setup.ground.import.leave")} testId="leave-pack" onPress={sending.leave} />
          </div>
        </>
      )}
      <PackWorkLine what="import" />
      {state.kind === "done" && (
        <Toast
          tone="good"
          title={t("setup.ground.import.done", { name: state.manifest.name })}
          advice={t("setup.ground.import.next")}
          testId="pack-imported"
        />
      )}
      {failed && <Toast tone={failed.severity} title={failed.what} advice={failed.advice} testId="import-failure" />}
    </div>
  );
}

/** What the pack says of itself. */
function PackInside({ manifest }: { readonly manifest: PackManifest }) {
  const t = useText();
  const format = useFormat();
  const { name, files, madeAtUnixMs } = manifest;
  const packs = useWhole(useStation().terrain.inventory)?.packs ?? [];
  const replaced = packs.some((pack) => pack.name === name);
  return (
    <div data-testid="pack-inside">
      <p>
        {t("setup.ground.import.inside", { name, date: format.utcDateText(madeAtUnixMs * 1000), count: files.length })}
        {replaced && (
          <span className="setup-tone" data-tone="caution">
            {" "}
            ▲ {t("setup.ground.import.replaces")}
          </span>
        )}
      </p>
      <ul className="setup-inside">
        {files.map(({ path, kind, sizeBytes, dataDate, attribution }) => (
          <li key={path}>
            {path}
            <small>
              {[
                t(`pack.kind.${kind}`),
                format.bytesText(sizeBytes),
                dataDate === undefined
                  ? t("setup.ground.need.undated")
                  : t("setup.ground.import.dated", { date: dataDate }),
                attribution,
              ].join(" · ")}
            </small>
          </li>
        ))}
      </ul>
    </div>
  );
}
