import { useCallback, useMemo } from "react";
import type { FlightQuestion, PlaceQuestion } from "../../../src/vehicle/commands.js";
import type { PlaceReckoning } from "../../../src/vehicle/selectors/placeDanger.js";
import { type Action, useActionKeys } from "../../app/actions.js";
import { type Translate, useText } from "../../app/text.js";
import type { Format } from "../../app/format.js";
import { useFormat } from "../../app/useFormat.js";
import { useTick } from "../../app/useTick.js";
import { useLatest, useWhole } from "../../bridge/latest.js";
import { Button } from "../../ui/Button.js";
import { CommandHold, useBecause } from "../CommandHold.js";
import { useFly } from "../FlyContext.js";
import { commandOf, type PlaceTarget } from "./placeTarget.js";
import { vehicleName } from "../../panels/vehicleIdentity.js";

/**
 * Preview of a flight to a place: distance, time, height, battery. One press sends it, or a hold where something must
 * be confirmed.
 */
export function PlacePanel() {
  const { flyView } = useFly();
  const previewed = useWhole(flyView.previewed);
  return previewed === undefined ? null : <Preview placeTarget={previewed} />;
}

type Figures = Pick<PlaceReckoning, "distanceM" | "timeS" | "usedFraction" | "leftAtHomeFraction">;

function figures({ t, format }: { readonly t: Translate; readonly format: Format }, preview: Figures): string {
  const { distanceM, timeS, usedFraction, leftAtHomeFraction } = preview;
  const battery =
    usedFraction === undefined || leftAtHomeFraction === undefined
      ? t("fly.ghost.batteryUnknown")
      : t("fly.ghost.battery", {
          used: format.percentText(usedFraction),
          left: format.percentText(Math.max(0, leftAtHomeFraction)),
        });
  return [format.wayText(distanceM), t("fly.ghost.time", { span: format.spanText(timeS) }), battery].join(" · ");
}

type Ask = FlightQuestion | PlaceQuestion;

const askedOf = (_placeTarget: PlaceTarget): Set<Ask> => new Set<Ask>();

function Preview({ placeTarget }: { readonly placeTarget: PlaceTarget }) {
  const t = useText();
  const format = useFormat();
  const { flyView } = useFly();
  // A warning that was shown for this place stays, even when the estimate falls back below its limit.
  const shown = useMemo(() => askedOf(placeTarget), [placeTarget]);
  const preview = useTick(
    useCallback(() => {
      const now = flyView.preview(placeTarget);
      for (const ask of now?.asks ?? []) shown.add(ask);
      return now && { figures: figures({ t, format }, now), leavesMission: now.leavesMission, asks: [...shown] };
    }, [flyView, placeTarget, t, format, shown]),
  );
  const asks = preview?.asks ?? [];
  const leave = useCallback(() => flyView.previewed.set(undefined), [flyView]);
  useActionKeys(
    useMemo(
      (): readonly Action[] => [
        { id: "leave-preview", labelKey: "fly.view.cancel", shortcut: "Escape", isEnabled: () => true, perform: leave },
      ],
      [leave],
    ),
  );
  return (
    <section className="ui-panel fly-ghost" role="status" data-asks={asks.length > 0} data-testid="ghost">
      <p>
        <strong>
          {t(`command.${placeTarget.use}`)} · {format.lengthText(placeTarget.heightAboveHomeM, 0)} {t("panels.home")}
          {placeTarget.use === "orbit" &&
            ` · ${t("fly.command.orbitRadius")} ${format.lengthText(placeTarget.radiusM, 0)}`}
        </strong>
        <span>{preview?.figures ?? t("fly.ghost.noPosition")}</span>
      </p>
      {preview?.leavesMission && <p data-tone="caution">▲ {t("fly.ghost.ask.leaves-mission")}</p>}
      {asks.map((ask) => (
        <p key={ask} data-tone="caution">
          ▲ {t(`fly.ghost.ask.${ask}`)}
        </p>
      ))}
      <span className="fly-ghost__do">
        {asks.length > 0 || !preview ? (
          <CommandHold
            command={commandOf(placeTarget)}
            vehicleId={placeTarget.vehicleId}
            onSent={leave}
            testId="ghost-hold"
          />
        ) : (
          <SendPreviewed placeTarget={placeTarget} onSent={leave} />
        )}
        <Button label={t("fly.ghost.cancel")} shortcut="Escape" onPress={leave} testId="ghost-cancel" />
      </span>
    </section>
  );
}

function SendPreviewed({ placeTarget, onSent }: { readonly placeTarget: PlaceTarget; readonly onSent: () => void }) {
  const t = useText();
  const { flyView } = useFly();
  const command = commandOf(placeTarget);
  const because = useBecause(command.kind, placeTarget.vehicleId);
  const name = useLatest(flyView.vehicle, (vehicle) => vehicle && vehicleName(vehicle)) ?? "";
  return (
    <Button
      label={t("fly.ghost.send", { action: t(`command.${placeTarget.use}`), name })}
      tone="select"
      disabledBecause={because}
      onPress={() => {
        flyView.sendTo(placeTarget.vehicleId, command);
        onSent();
      }}
      testId="ghost-send"
    />
  );
}
