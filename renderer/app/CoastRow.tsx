import { type ChangeEvent, useRef, useState } from "react";
import { useStation } from "../bridge/StoresContext.js";
import { Button } from "../ui/Button.js";
import { Toast } from "../ui/Toast.js";
import type { StationFailure } from "../../src/contract/failures.js";
import type { CoastDocument } from "../../src/geo/coastDocument.js";
import { COAST_FILE_BYTES_MAX } from "../../src/geo/coastLimits.js";
import { failureText } from "./failureText.js";
import { useText } from "./text.js";

/**
 * Refused before it is read: a file larger than the contract's message limit would make the station close the
 * connection.
 */
const tooLarge = (path: string): StationFailure => ({
  kind: "bad-file",
  path,
  where: undefined,
  problem: `larger than ${COAST_FILE_BYTES_MAX / 1e6} MB`,
});

/**
 * Lets the user replace the coastline of the map data by their own GeoJSON land areas, on every screen and in every
 * computation.
 */
export function CoastRow() {
  const t = useText();
  const station = useStation();
  const fileRef = useRef<HTMLInputElement>(null);
  const [outcome, setOutcome] = useState<StationFailure | "done" | undefined>(undefined);

  const onFile = async (event: ChangeEvent<HTMLInputElement>): Promise<void> => {
    const input = event.currentTarget;
    const file = input.files?.[0];
    if (!file) return;
    const geojson = file.size > COAST_FILE_BYTES_MAX ? undefined : new Uint8Array(await file.arrayBuffer());
    // Choosing the same (corrected) file again must raise a change event, which it does only from an empty value.
    input.value = "";
    if (!geojson) {
      setOutcome(tooLarge(file.name));
      return;
    }
    const reply = await station.request({ kind: "load-coast-line", geojson });
    if (!reply.ok) {
      setOutcome(reply.error);
      return;
    }
    if (reply.value.kind === "coast") station.coast.set(JSON.parse(reply.value.documentJson) as CoastDocument);
    setOutcome("done");
  };

  const words = outcome === undefined || outcome === "done" ? undefined : failureText(t, outcome);
  return (
    <div className="app-pop__row">
      <span>{t("app.coast")}</span>
      <Button label={t("app.coast.load")} isSmall testId="coast-load" onPress={() => fileRef.current?.click()} />
      <input
        ref={fileRef}
        type="file"
        accept=".geojson,.json,application/geo+json"
        hidden
        aria-label={t("app.coast.load")}
        data-testid="coast-file"
        onChange={(event) => void onFile(event)}
      />
      {outcome === "done" && <span data-testid="coast-loaded">{t("app.coast.loaded")}</span>}
      {words && <Toast tone={words.severity} title={words.what} advice={words.advice} testId="coast-failure" />}
    </div>
  );
}
