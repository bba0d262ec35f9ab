import { useState } from "react";
import type { StationFailure } from "../../../src/contract/failures.js";
import type { FleetReply } from "../../../src/contract/fleetMessages.js";
import { failureText } from "../../app/failureText.js";
import { useText } from "../../app/text.js";
import type { AircraftPlan } from "../../../src/vehicle/transfers.js";
import { currentPlanItem } from "../../../src/vehicle/selectors/mission.js";
import type { VehicleId, VehicleState } from "../../../src/vehicle/vehicleState.js";
import { useLatest, useWhole } from "../../bridge/latest.js";
import { useStation } from "../../bridge/StoresContext.js";
import { Button } from "../../ui/Button.js";
import { HoldButton } from "../../ui/HoldButton.js";
import { SelectField } from "../../ui/SelectField.js";
import { HOLD_MS } from "../../ui/holding.js";
import type { FleetRow } from "./fleetRows.js";

type Pair = { readonly fromId: VehicleId; readonly toId: VehicleId };
/**
 * A hand-over proposal: the rest of a given plan, from one aircraft to another. When target, relief or plan changes, or
 * the giver flies on to its next item, it is void and nothing is sent.
 */
type Proposal = Pair & Extract<FleetReply, { kind: "hand-over" }>;

/**
 * Hands the rest of the target's plan over to a relief aircraft: shown first, sent only by a hold that names the
 * relief.
 */
export function HandOver({ rows }: { readonly rows: readonly FleetRow[] }) {
  const t = useText();
  const station = useStation();
  const from = useLatest(station.target, (id) => id);
  const [chosen, setChosen] = useState<string | undefined>(undefined);
  const [made, setProposal] = useState<Proposal | undefined>(undefined);
  const plans = useWhole(station.aircraftPlan);
  const [failed, setFailed] = useState<(Pair & { readonly failure: StationFailure }) | undefined>(undefined);
  const currentItem = useLatest(station.vehicles, (vehicles) => currentItemOf(vehicles, from));
  const giver = rows.find(({ id }) => id === from);
  const reliefs = rows.filter(({ id }) => id !== from);
  const relief = reliefs.find(({ id }) => id === chosen) ?? reliefs[0];
  if (!giver || !relief) return null;
  const hash = hashOf(plans.get(giver.id));
  const pair = { fromId: giver.id, toId: relief.id };
  const proposal = isSamePair(made, pair) && isCurrent(made, hash, currentItem) ? made : undefined;
  const failure = isSamePair(failed, pair) ? failed.failure : undefined;

  const propose = async (): Promise<void> => {
    setFailed(undefined);
    setProposal(undefined);
    const reply = await station.request({ kind: "propose-hand-over", ...pair });
    if (!reply.ok) setFailed({ ...pair, failure: reply.error });
    else if (reply.value.kind === "hand-over") setProposal({ ...reply.value, ...pair });
  };
  const send = async ({ planText, fromId, toId }: Proposal): Promise<void> => {
    setProposal(undefined);
    const request = { kind: "upload-plan", vehicleId: toId, planText, overrideReason: undefined } as const;
    const reply = await station.request(request);
    if (!reply.ok) setFailed({ fromId, toId, failure: reply.error });
  };
  return (
    <section className="fly-hand-over" data-testid="hand-over">
      <h3>{t("fly.handOver", { name: giver.name })}</h3>
      <SelectField
        label={t("fly.handOver.to")}
        options={reliefs.map(({ id, name }) => ({ id, label: name }))}
        selected={relief.id}
        onSelect={(id) => {
          setChosen(id);
          setProposal(undefined);
        }}
        testId="relief"
      />
      {proposal === undefined ? (
        <Button
          label={t("fly.handOver.propose")}
          isSmall
          disabledBecause={giver.isPlanVerified ? undefined : t("reason.not-verified")}
          onPress={() => void propose()}
          testId="propose-hand-over"
        />
      ) : (
        <>
          <p>{t("fly.handOver.proposal", { count: proposal.countOfItems, item: proposal.fromItem + 1 })}</p>
          <HoldButton
            label={t("fly.handOver.send", { name: relief.name })}
            holdMs={HOLD_MS}
            onConfirm={() => void send(proposal)}
            subject={`${proposal.fromId} ${proposal.toId} ${proposal.planHash} ${proposal.currentItem}`}
            testId="send-hand-over"
          />
        </>
      )}
      {failure && (
        <p data-tone="caution">
          ▲ {failureText(t, failure).what} {failureText(t, failure).advice}
        </p>
      )}
    </section>
  );
}

const isSamePair = <T extends Pair>(one: T | undefined, { fromId, toId }: Pair): one is T =>
  one?.fromId === fromId && one.toId === toId;
const isCurrent = (made: Proposal, planHash: string | undefined, currentItem: number): boolean =>
  made.planHash === planHash && made.currentItem === currentItem;

/** As the station counts it for a proposal: 0 before the first item is reported. */
const currentItemOf = (vehicles: readonly VehicleState[], id: VehicleId | undefined): number => {
  const vehicle = vehicles.find((one) => one.id === id);
  return (vehicle && currentPlanItem(vehicle)) ?? 0;
};

const hashOf = (plan: AircraftPlan | undefined): string | undefined =>
  plan?.kind === "verified" ? plan.planHash : undefined;
