import { useState } from "react";
import { fileNameProblem } from "../../../src/core/fileName.js";
import { failureText } from "../../app/failureText.js";
import { useText } from "../../app/text.js";
import { useFormat } from "../../app/useFormat.js";
import { useWhole } from "../../bridge/latest.js";
import { useStation, useStore } from "../../bridge/StoresContext.js";
import { Button } from "../../ui/Button.js";
import { TextField } from "../../ui/TextField.js";
import { Toast } from "../../ui/Toast.js";
import { type ListedArea, setupStore } from "../setupStore.js";
import { suggestedName } from "./areaForm.js";
import { PackWorkLine } from "./PackWorkLine.js";

/** One button that writes the chosen files to a pack; where it lies is said. */
export function MakePack({ listed }: { readonly listed: ListedArea }) {
  const t = useText();
  const format = useFormat();
  const station = useStation();
  const { ground } = useStore(setupStore);
  const made = useWhole(ground.made);
  const work = useWhole(station.packWork);
  const [typed, setTyped] = useState<string | undefined>(undefined);
  const name = typed ?? suggestedName(ground.form.get(), station.clock.stationUnixUsNow() / 1000);
  const chosen = listed.needs.flatMap(({ pieces }) => pieces.filter(({ id }) => listed.chosenIds.has(id)));
  const sizeBytes = chosen.reduce((sum, piece) => sum + (piece.sizeBytes ?? 0), 0);
  const problem = fileNameProblem(name);
  const make = async (): Promise<void> => {
    ground.made.set(undefined);
    const pieceIds = chosen.map(({ id }) => id);
    const reply = await station.request({ kind: "make-pack", name, area: listed.area, pieceIds });
    const file = reply.ok && reply.value.kind === "pack" ? reply.value.file : undefined;
    ground.made.set({ file, failure: reply.ok ? undefined : reply.error });
  };
  const failed = made?.failure && failureText(t, made.failure);
  const disabledBecause =
    chosen.length === 0
      ? t("setup.ground.make.nothing")
      : problem !== undefined
        ? t(`name.problem.${problem}`)
        : work
          ? t("setup.ground.work.busy")
          : undefined;
  return (
    <div className="setup-form">
      <div className="setup-form__row setup-form__row--low">
        <TextField label={t("setup.ground.make.name")} value={name} onChange={setTyped} testId="pack-name" />
        <Button
          label={t("setup.ground.make", { size: format.bytesText(sizeBytes) })}
          testId="make-pack"
          disabledBecause={disabledBecause}
          onPress={() => void make()}
        />
      </div>
      <PackWorkLine what="make" />
      {made?.file !== undefined && (
        <Toast tone="good" title={t("setup.ground.made")} testId="pack-made">
          <span className="ui-notice__do">
            <code>{made.file}</code>
          </span>
        </Toast>
      )}
      {failed && <Toast tone={failed.severity} title={failed.what} advice={failed.advice} testId="make-failure" />}
    </div>
  );
}
