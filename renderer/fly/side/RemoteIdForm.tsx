import { useState } from "react";
import type { RemoteId } from "../../../src/vehicle/payload.js";
import { useText } from "../../app/text.js";
import { useFormat } from "../../app/useFormat.js";
import { useLatest } from "../../bridge/latest.js";
import { Button } from "../../ui/Button.js";
import { TextField } from "../../ui/TextField.js";
import { useFly } from "../FlyContext.js";

const OPERATOR_ID_MAX = 20;
const DESCRIPTION_MAX = 23;

/**
 * Transmitter status, and who operates it from where: the operator's position is the aircraft's home, and the form says
 * so.
 */
export function RemoteIdForm({ remoteId }: { readonly remoteId: RemoteId }) {
  const t = useText();
  const [operatorId, setOperatorId] = useState(remoteId.operator?.operatorId ?? "");
  const [description, setDescription] = useState(remoteId.operator?.description ?? "");
  const format = useFormat();
  const state = t(`fly.remoteId.${remoteId.arm ?? "unknown"}`);
  return (
    <section className="fly-device" data-testid="remote-id">
      <h3>
        {t("fly.remoteId")}{" "}
        <span data-tone={remoteId.arm === "ready" ? "good" : "caution"}>
          {remoteId.problem === undefined ? state : format.labelled(state, remoteId.problem)}
        </span>
      </h3>
      <TextField
        label={t("fly.remoteId.operator")}
        value={operatorId}
        onChange={setOperatorId}
        maxLength={OPERATOR_ID_MAX}
        isMono
        testId="operator-id"
      />
      <TextField
        label={t("fly.remoteId.description")}
        value={description}
        onChange={setDescription}
        maxLength={DESCRIPTION_MAX}
        testId="operator-description"
      />
      <SendRow
        operatorId={operatorId.trim()}
        description={description.trim()}
        isSending={remoteId.operator !== undefined}
      />
    </section>
  );
}

type SendRowProps = { readonly operatorId: string; readonly description: string; readonly isSending: boolean };

function SendRow({ operatorId, description, isSending }: SendRowProps) {
  const t = useText();
  const format = useFormat();
  const { flyView } = useFly();
  const homeText = useLatest(flyView.home, (position) => position && format.positionText(position));
  const missing = homeText === undefined ? t("reason.no-home") : undefined;
  const send = (): void => {
    const position = flyView.home.get();
    if (!position) return;
    const altitudeAmslM = flyView.vehicle.get()?.home?.value.altitudeAmslM;
    const operator = { operatorId, description, position, altitudeAmslM };
    flyView.sendPayload({ kind: "remote-id-operator", operator });
  };
  return (
    <>
      <p className="fly-figures">{t("fly.remoteId.place", { place: homeText ?? "–" })}</p>
      <div className="fly-buttons">
        <Button
          label={t("fly.remoteId.send")}
          isSmall
          disabledBecause={operatorId === "" ? t("fly.remoteId.needsId") : missing}
          onPress={send}
          testId="operator-send"
        />
        {isSending && (
          <Button
            label={t("fly.remoteId.stop")}
            isSmall
            onPress={() => flyView.sendPayload({ kind: "remote-id-operator", operator: undefined })}
          />
        )}
      </div>
    </>
  );
}
