import { useState } from "react";
import type { StationFailure } from "../../../src/contract/failures.js";
import { failureText } from "../../app/failureText.js";
import { useText } from "../../app/text.js";
import type { AircraftPlan } from "../../../src/vehicle/transfers.js";
import type { VehicleId } from "../../../src/vehicle/vehicleState.js";
import { useLatest, useWhole } from "../../bridge/latest.js";
import { useStation } from "../../bridge/StoresContext.js";
import { Button } from "../../ui/Button.js";
import { HoldButton } from "../../ui/HoldButton.js";
import { SelectField } from "../../ui/SelectField.js";
import { HOLD_MS } from "../actions.js";
import type { FleetRow } from "./fleetRows.js";

/**
 * A hand-over proposal: the rest of a given plan, from one aircraft to another. When target, relief or plan changes it
 * is void and nothing is sent.
 */
type Proposal = {
  readonly planText: string;
  readonly countOfItems: number;
  readonly fromItem: number;
  readonly fromId: VehicleId;
  readonly toId: VehicleId;
  readonly planHash: string;
};

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
  const [failure, setFailure] = useState<StationFailure | undefined>(undefined);
  const giver = rows.find(({ id }) => id === from);
  const reliefs = rows.filter(({ id }) => id !== from);
  const relief = reliefs.find(({ id }) => id === chosen) ?? reliefs[0];
  if (!giver || !relief) return null;
  const hash = hashOf(plans.get(giver.id));
  const isSame = made?.fromId === giver.id && made.toId === relief.id && made.planHash === hash;
  const proposal = isSame ? made : undefined;

  const propose = async (): Promise<void> => {
    setFailure(undefined);
    setProposal(undefined);
    if (hash === undefined) return;
    const asked = { fromId: giver.id, toId: relief.id };
    const reply = await station.request({ kind: "propose-hand-over", ...asked });
    if (!reply.ok) setFailure(reply.error);
    else if (reply.value.kind === "hand-over") setProposal({ ...reply.value, ...asked, planHash: hash });
  };
  const send = async ({ planText, toId }: Proposal): Promise<void> => {
    setProposal(undefined);
    const request = { kind: "upload-plan", vehicleId: toId, planText, overrideReason: undefined } as const;
    const reply = await station.request(request);
    if (!reply.ok) setFailure(reply.error);
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
            subject={`${proposal.fromId} ${proposal.toId} ${proposal.planHash}`}
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

const hashOf = (plan: AircraftPlan | undefined): string | undefined =>
  plan?.kind === "verified" ? plan.planHash : undefined;
