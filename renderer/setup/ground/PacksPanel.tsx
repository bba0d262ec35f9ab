import type { PackState } from "../../../src/contract/packMessages.js";
import { failureText } from "../../app/failureText.js";
import { useText } from "../../app/text.js";
import { useFormat } from "../../app/useFormat.js";
import { useWhole } from "../../bridge/latest.js";
import { useStation } from "../../bridge/StoresContext.js";
import { Button } from "../../ui/Button.js";
import { Panel } from "../../ui/Panel.js";
import { Toast } from "../../ui/Toast.js";
import { useAsk } from "../useAsk.js";
import { ImportPack } from "./ImportPack.js";
import { PackWorkLine } from "./PackWorkLine.js";

const COLUMNS = ["name", "made", "size", "state"] as const;

/** The imported packs, whether they are as they came, and a further one. */
export function PacksPanel() {
  const t = useText();
  const packs = useWhole(useStation().terrain.inventory)?.packs ?? [];
  const { state, ask } = useAsk();
  const failed = state.kind === "failed" ? failureText(t, state.failure) : undefined;
  return (
    <Panel title={t("setup.ground.imported")} testId="ground-packs">
      {packs.length > 0 ? (
        <table className="setup-table">
          <thead>
            <tr>
              {COLUMNS.map((column) => (
                <th key={column} scope="col">
                  {t(`setup.ground.imported.${column}`)}
                </th>
              ))}
              <th scope="col" aria-label={t("setup.ground.imported.check")} />
            </tr>
          </thead>
          <tbody>
            {packs.map((pack) => (
              <PackRow key={pack.name} pack={pack} onCheck={() => void ask({ kind: "check-pack", name: pack.name })} />
            ))}
          </tbody>
        </table>
      ) : (
        <p className="setup-dim">{t("setup.ground.imported.none")}</p>
      )}
      <PackWorkLine what="check" />
      {state.kind === "done" && <Toast tone="good" title={t("setup.ground.imported.checked")} testId="pack-checked" />}
      {failed && <Toast tone={failed.severity} title={failed.what} advice={failed.advice} testId="check-failure" />}
      <ImportPack />
    </Panel>
  );
}

const TONES = { whole: "good", touched: "caution", broken: "danger" } as const;
const SIGNS = { whole: "✓", touched: "▲", broken: "■" } as const;

function PackRow({ pack, onCheck }: { readonly pack: PackState; readonly onCheck: () => void }) {
  const t = useText();
  const format = useFormat();
  const work = useWhole(useStation().packWork);
  const { name, madeAtUnixMs, sizeBytes, state } = pack;
  return (
    <tr data-testid={`pack-${name}`} data-tone={state === "broken" ? "danger" : undefined}>
      <th scope="row">{name}</th>
      <td>{madeAtUnixMs === undefined ? t("setup.unknown") : format.utcDateText(madeAtUnixMs * 1000)}</td>
      <td className="setup-figure">{sizeBytes === undefined ? t("setup.unknown") : format.bytesText(sizeBytes)}</td>
      <td>
        <span className="setup-tone" data-tone={TONES[state]}>
          <span aria-hidden="true">{SIGNS[state]}</span> {t(`setup.ground.imported.state.${state}`)}
        </span>
      </td>
      <td className="setup-do">
        <Button
          label={t("setup.ground.imported.check")}
          testId={`check-pack-${name}`}
          disabledBecause={work ? t("setup.ground.work.busy") : undefined}
          onPress={onCheck}
        />
      </td>
    </tr>
  );
}
