import { useState } from "react";
import { useText } from "../../app/text.js";
import { useLatest } from "../../bridge/latest.js";
import { useStation } from "../../bridge/StoresContext.js";
import { Button } from "../../ui/Button.js";
import { CheckBox } from "../../ui/CheckBox.js";
import { Panel } from "../../ui/Panel.js";
import { Segments } from "../../ui/Segments.js";
import { SureButton } from "../../ui/SureButton.js";
import { TextField } from "../../ui/TextField.js";
import { FailureToast } from "../FailureToast.js";
import { useAsk } from "../useAsk.js";
import { type KeyNames, keyProblem } from "./keyNames.js";

type KeyPanelProps = { readonly keys: KeyNames | undefined; readonly onChanged: () => void };

const NO_NAMES: readonly string[] = [];
// The contract's bound on names.
const NAME_MAX = 60;
const PASSPHRASE_MAX = 200;

function AddKey({ keys, onChanged }: KeyPanelProps) {
  const t = useText();
  const [name, setName] = useState("");
  const [how, setHow] = useState<"passphrase" | "random">("passphrase");
  const [passphrase, setPassphrase] = useState("");
  const [isShown, setIsShown] = useState(false);
  const { state, ask } = useAsk();
  const problem = keyProblem({ name, how, passphrase }, keys?.names ?? NO_NAMES);
  // No problem is shown in an untouched form.
  const isTouched = name !== "" || passphrase !== "";
  const problemOf = (field: "name" | "passphrase"): string | undefined =>
    isTouched && problem?.field === field ? t(problem.key) : undefined;
  const add = async (): Promise<void> => {
    if (problem) return;
    const reply = await ask({
      kind: "add-signing-key",
      keyName: name.trim(),
      passphrase: how === "passphrase" ? passphrase : undefined,
    });
    if (!reply.ok) return;
    setName("");
    setPassphrase("");
    onChanged();
  };
  return (
    <div className="setup-form">
      <h3>{t("setup.keys.add")}</h3>
      <TextField
        label={t("setup.keys.name")}
        value={name}
        onChange={setName}
        maxLength={NAME_MAX}
        onEnter={() => void add()}
        problem={problemOf("name")}
        note={t("setup.keys.name.note")}
        testId="key-name"
      />
      <div className="setup-form__row">
        <span>{t("setup.keys.how")}</span>
        <Segments
          label={t("setup.keys.how")}
          selected={how}
          onSelect={setHow}
          testId="key-how"
          options={[
            { id: "passphrase", label: t("setup.keys.how.passphrase") },
            { id: "random", label: t("setup.keys.how.random") },
          ]}
        />
      </div>
      {how === "random" ? (
        <p>{t("setup.keys.how.random.note")}</p>
      ) : (
        <>
          <TextField
            label={t("setup.keys.passphrase")}
            kind={isShown ? "text" : "password"}
            value={passphrase}
            onChange={setPassphrase}
            maxLength={PASSPHRASE_MAX}
            onEnter={() => void add()}
            problem={problemOf("passphrase")}
            note={t("setup.keys.passphrase.note")}
            testId="key-passphrase"
          />
          <CheckBox label={t("setup.keys.show")} isChecked={isShown} onChange={setIsShown} />
        </>
      )}
      <Button
        label={t("setup.keys.add.press")}
        tone="select"
        onPress={() => void add()}
        disabledBecause={problem && t(problem.key)}
        isBusy={state.kind === "pending"}
        testId="key-add"
      />
      {state.kind === "failed" && <FailureToast failure={state.failure} testId="key-failure" />}
    </div>
  );
}

/** Names of the keys, where they are stored, and a form for a new one. */
export function KeyPanel({ keys, onChanged }: KeyPanelProps) {
  const t = useText();
  const { state, ask } = useAsk();
  const uses = useLatest(useStation().links, (links) =>
    links.map(({ uri, signing }) => ({ uri, keyName: signing.keyName })),
  );
  const usedBy = (name: string): string =>
    uses
      .filter(({ keyName }) => keyName === name)
      .map(({ uri }) => uri)
      .join(", ");
  const remove = async (keyName: string): Promise<void> => {
    const reply = await ask({ kind: "remove-signing-key", keyName });
    if (reply.ok) onChanged();
  };
  return (
    <Panel title={t("setup.keys.title")} testId="keys">
      <p className="setup-dim">{t("setup.keys.about")}</p>
      {keys && (
        <p className="setup-store" data-testid="key-store">
          {t(`setup.keys.store.${keys.store}`)}
        </p>
      )}
      {keys?.names.length === 0 && <p>{t("setup.keys.none")}</p>}
      <ul className="setup-keys">
        {keys?.names.map((name) => {
          const links = usedBy(name);
          return (
            <li key={name} data-testid={`key-${name}`}>
              <span>
                <b>{name}</b>
                {links !== "" && <small>{t("setup.keys.in-use", { links })}</small>}
              </span>
              <SureButton
                label={t("setup.keys.remove")}
                sureLabel={t("setup.keys.remove.sure", { name })}
                onConfirm={() => void remove(name)}
                isBusy={state.kind === "pending"}
                testId={`key-remove-${name}`}
              />
            </li>
          );
        })}
      </ul>
      {state.kind === "failed" && <FailureToast failure={state.failure} />}
      <AddKey keys={keys} onChanged={onChanged} />
    </Panel>
  );
}
