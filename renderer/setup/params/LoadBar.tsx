import { type ChangeEvent, useRef } from "react";
import type { ParamLoad } from "../../../src/vehicle/params.js";
import type { Format } from "../../app/format.js";
import { type Translate, useText } from "../../app/text.js";
import { useFormat } from "../../app/useFormat.js";
import { useStation, useStore } from "../../bridge/StoresContext.js";
import { Button } from "../../ui/Button.js";
import { Meter } from "../../ui/Meter.js";
import { FailureToast } from "../FailureToast.js";
import { setupStore } from "../setupStore.js";
import { useAsk } from "../useAsk.js";
import { useUnreachable, useVehicles, type VehicleFacts } from "../useVehicles.js";
import { saveText } from "./saveText.js";

function loadWords(t: Translate, format: Format, load: ParamLoad): string {
  switch (load.phase) {
    case "none":
      return t("setup.params.state.none");
    case "loading": {
      const facts = { way: t(`setup.params.way.${load.way}`), done: load.countOfDone, all: load.countOfAll ?? "" };
      const isKnown = load.countOfAll !== undefined;
      return t(isKnown ? "setup.params.state.loading" : "setup.params.state.loading.unknown", facts);
    }
    case "complete": {
      const way = t(`setup.params.way.${load.way}`);
      return t("setup.params.state.complete", { way, all: load.countOfAll, time: format.utcText(load.unixTimeUs) });
    }
    case "failed":
      return t("setup.params.state.failed", { done: load.countOfDone });
  }
}

type LoadBarProps = { readonly vehicle: VehicleFacts; readonly load: ParamLoad; readonly countOfParams: number };

/** Loading with its transport and progress, files, and comparison. */
export function LoadBar({ vehicle, load, countOfParams }: LoadBarProps) {
  const t = useText();
  const format = useFormat();
  const { state, ask } = useAsk();
  const unreachable = useUnreachable(vehicle);
  const isLoading = load.phase === "loading";
  const words = loadWords(t, format, load);
  const start = (): void => {
    void ask({ kind: "load-params", vehicleId: vehicle.id, isFresh: load.phase === "complete" });
  };
  const cancel = (): void => void ask({ kind: "cancel-params", vehicleId: vehicle.id });
  // A failed load is shown by its own status; a refusal to start one is not.
  const isShown = load.phase === "failed";
  return (
    <div className="setup-load" data-testid="param-load" data-phase={load.phase}>
      {isLoading ? (
        <Button label={t("setup.params.cancel")} tone="caution" onPress={cancel} testId="param-cancel" />
      ) : (
        <Button
          label={t(load.phase === "none" ? "setup.params.load" : "setup.params.load-again")}
          tone={load.phase === "complete" ? "plain" : "select"}
          onPress={start}
          disabledBecause={unreachable && t(unreachable)}
          testId="param-load-start"
        />
      )}
      <span className="setup-load__words" role="status">
        {words}
        {isLoading && load.countOfAll !== undefined && (
          <Meter label={words} fraction={load.countOfDone / Math.max(1, load.countOfAll)} />
        )}
      </span>
      {countOfParams > 0 && <FileButtons vehicle={vehicle} />}
      {load.phase === "failed" && <FailureToast failure={{ kind: "param", failure: load.failure }} />}
      {state.kind === "failed" && !isShown && <FailureToast failure={state.failure} testId="param-load-failure" />}
    </div>
  );
}

function FileButtons({ vehicle }: { readonly vehicle: VehicleFacts }) {
  const t = useText();
  const station = useStation();
  const paramStore = useStore(setupStore).params;
  const others = useVehicles().filter(({ id }) => id !== vehicle.id);
  const fileRef = useRef<HTMLInputElement>(null);
  const { state, ask } = useAsk();

  const save = async (format: "param" | "params"): Promise<void> => {
    const reply = await ask({ kind: "write-param-file", vehicleId: vehicle.id, format });
    if (reply.ok && reply.value.kind === "param-file")
      saveText(document, `${vehicle.name}.${format}`, reply.value.text);
  };
  const onFile = async (event: ChangeEvent<HTMLInputElement>): Promise<void> => {
    const input = event.currentTarget;
    const file = input.files?.[0];
    if (!file) return;
    const reply = await ask({ kind: "read-param-file", vehicleId: vehicle.id, text: await file.text() });
    input.value = "";
    if (reply.ok && reply.value.kind === "param-values") {
      paramStore.compare(vehicle.id, { label: file.name, values: reply.value.values });
    }
  };
  const compareWith = async (other: VehicleFacts): Promise<void> => {
    await paramStore.refresh(other.id);
    const params = [...(station.services.params.get().get(other.id)?.values() ?? [])];
    paramStore.compare(vehicle.id, { label: other.name, values: params.map(({ name, value }) => ({ name, value })) });
  };
  return (
    <span className="setup-load__files">
      <Button
        label={t("setup.params.compare.file")}
        onPress={() => fileRef.current?.click()}
        testId="param-compare-file"
      />
      {others.map((other) => (
        <Button
          key={other.id}
          label={t("setup.params.compare.vehicle", { name: other.name })}
          onPress={() => void compareWith(other)}
          testId={`param-compare-${other.name}`}
        />
      ))}
      {(["param", "params"] as const).map((format) => (
        <span key={format} title={t(`setup.params.save.${format}`)}>
          <Button
            label={t("setup.params.save", { format: `.${format}` })}
            onPress={() => void save(format)}
            testId={`param-save-${format}`}
          />
        </span>
      ))}
      <input
        ref={fileRef}
        type="file"
        accept=".param,.params,.parm,.txt"
        hidden
        aria-label={t("setup.params.compare.file")}
        data-testid="param-file"
        onChange={(event) => void onFile(event)}
      />
      {state.kind === "failed" && <FailureToast failure={state.failure} testId="param-file-failure" />}
    </span>
  );
}
