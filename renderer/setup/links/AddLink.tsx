import { useCallback, useEffect, useState } from "react";
import type { LinkStatus, SerialPortInfo } from "../../../src/contract/linkMessages.js";
import { useText } from "../../app/text.js";
import { useLatest } from "../../bridge/latest.js";
import { useStation } from "../../bridge/StoresContext.js";
import { Button } from "../../ui/Button.js";
import { Panel } from "../../ui/Panel.js";
import { Segments } from "../../ui/Segments.js";
import { SelectField } from "../../ui/SelectField.js";
import { TextField } from "../../ui/TextField.js";
import { FailureToast } from "../FailureToast.js";
import { useAsk } from "../useAsk.js";
import {
  FIRST_FORM,
  formOfUri,
  type FormProblem,
  formProblem,
  LINK_KINDS,
  type LinkForm,
  linkUriOf,
  URI_EXAMPLES,
  SUGGESTED_BAUDS,
  withKind,
} from "./linkForm.js";

type FieldsProps = {
  readonly form: LinkForm;
  readonly problem: FormProblem | undefined;
  readonly onChange: (form: LinkForm) => void;
  readonly onEnter: () => void;
};

/** The station's serial ports; reloaded on demand, for a radio that was just plugged in. */
function usePorts(): { readonly ports: readonly SerialPortInfo[] | undefined; readonly look: () => void } {
  const station = useStation();
  const [ports, setPorts] = useState<readonly SerialPortInfo[] | undefined>(undefined);
  const look = useCallback(() => {
    setPorts(undefined);
    void station.request({ kind: "list-serial-ports" }).then((reply) => {
      setPorts(reply.ok && reply.value.kind === "serial-ports" ? reply.value.ports : []);
    });
  }, [station]);
  useEffect(look, [look]);
  return { ports, look };
}

const portLabel = ({ path, manufacturer }: SerialPortInfo): string =>
  manufacturer === undefined ? path : `${path} (${manufacturer})`;

function SerialFields({ form, problem, onChange, onEnter }: FieldsProps) {
  const t = useText();
  const { ports, look } = usePorts();
  const first = ports?.[0]?.path;
  // A single port is selected by itself.
  useEffect(() => {
    if (form.device === "" && first !== undefined) onChange({ ...form, device: first });
  }, [first, form, onChange]);
  const note = ports === undefined ? t("setup.links.device.looking") : undefined;
  return (
    <>
      <div className="setup-port">
        {ports !== undefined && ports.length > 0 && (
          <SelectField
            label={t("setup.links.device")}
            selected={ports.some(({ path }) => path === form.device) ? form.device : ""}
            options={[
              { id: "", label: t("setup.unknown") },
              ...ports.map((port) => ({ id: port.path, label: portLabel(port) })),
            ]}
            onSelect={(device) => onChange({ ...form, device })}
            testId="link-device-select"
          />
        )}
        {ports?.length === 0 && <p>{t("setup.links.device.none")}</p>}
        {note !== undefined && <p>{note}</p>}
        <Button label={t("setup.links.device.refresh")} onPress={look} testId="link-ports-refresh" />
      </div>
      <TextField
        label={t("setup.links.baud")}
        value={form.baud}
        isMono
        suggestions={SUGGESTED_BAUDS}
        onChange={(baud) => onChange({ ...form, baud })}
        onEnter={onEnter}
        problem={problem?.field === "baud" ? t(problem.key) : undefined}
        note={t("setup.links.baud.note")}
        testId="link-baud"
      />
    </>
  );
}

function NetworkFields({ form, problem, onChange, onEnter }: FieldsProps) {
  const t = useText();
  const needsHost = form.kind.endsWith("connect");
  return (
    <div className="setup-host">
      {needsHost && (
        <TextField
          label={t("setup.links.host")}
          value={form.host}
          isMono
          placeholder="192.168.1.20"
          onChange={(host) => onChange({ ...form, host })}
          onEnter={onEnter}
          problem={problem?.field === "host" ? t(problem.key) : undefined}
          testId="link-host"
        />
      )}
      <TextField
        label={t("setup.links.port")}
        value={form.port}
        isMono
        onChange={(port) => onChange({ ...form, port })}
        onEnter={onEnter}
        problem={problem?.field === "port" ? t(problem.key) : undefined}
        testId="link-port"
      />
    </div>
  );
}

export function AddLink() {
  const t = useText();
  const [role, setRole] = useState<LinkStatus["role"]>("vehicle");
  const [form, setForm] = useState<LinkForm>(FIRST_FORM);
  // The text of the full address while it is not valid yet.
  const [typed, setTyped] = useState<string | undefined>(undefined);
  // No problem is shown in an untouched form.
  const [isTouched, setIsTouched] = useState(false);
  const { state, ask, forget } = useAsk();
  const uri = linkUriOf(form);
  const isKnown = useLatest(useStation().links, (links) => links.some((link) => link.uri === uri));
  const problem = formProblem(form);

  const change = useCallback(
    (next: LinkForm): void => {
      setForm(next);
      setTyped(undefined);
      setIsTouched(true);
      forget();
    },
    [forget],
  );
  const onTyped = (text: string): void => {
    const read = formOfUri(text);
    setIsTouched(true);
    if (read) setForm(read);
    setTyped(read && linkUriOf(read) === text ? undefined : text);
    forget();
  };
  const uriProblem = (): string | undefined => {
    if (typed !== undefined && !formOfUri(typed)) return t("setup.links.problem.uri", { examples: URI_EXAMPLES });
    if (problem) return t(problem.key);
    return isKnown ? t("setup.links.problem.exists") : undefined;
  };
  const because = uriProblem();
  const add = async (): Promise<void> => {
    if (because !== undefined) return;
    const reply = await ask({ kind: "add-link", uri, role });
    // The new link is in the list now, which the form must not report as a duplicate.
    if (reply.ok) setIsTouched(false);
  };
  const fields = { form, problem: isTouched ? problem : undefined, onChange: change, onEnter: () => void add() };
  return (
    <Panel title={t("setup.links.add")} testId="add-link">
      <div className="setup-form">
        <div className="setup-form__row">
          <span>{t("setup.links.add.for")}</span>
          <Segments
            label={t("setup.links.add.for")}
            selected={role}
            onSelect={setRole}
            testId="link-role"
            options={[
              { id: "vehicle", label: t("setup.links.add.vehicle") },
              { id: "output", label: t("setup.links.add.output") },
            ]}
          />
        </div>
        {role === "output" && <p>{t("setup.links.add.output.note")}</p>}
        <Segments
          label={t("setup.links.kind")}
          selected={form.kind}
          onSelect={(kind) => {
            change(withKind(form, kind));
            setIsTouched(false);
          }}
          testId="link-kind"
          options={LINK_KINDS.map((kind) => ({ id: kind, label: t(`setup.links.kind.${kind}`) }))}
        />
        <p>{t(`setup.links.kind.${form.kind}.note`)}</p>
        {form.kind === "serial" ? <SerialFields {...fields} /> : <NetworkFields {...fields} />}
        <div className="setup-form__send">
          <TextField
            label={t("setup.links.uri")}
            value={typed ?? uri}
            isMono
            onChange={onTyped}
            onEnter={() => void add()}
            problem={isTouched ? because : undefined}
            testId="link-uri"
          />
          <Button
            label={t("setup.links.add.short")}
            tone="select"
            onPress={() => void add()}
            disabledBecause={because}
            isBusy={state.kind === "pending"}
            testId="link-add"
          />
        </div>
        {state.kind === "failed" && <FailureToast failure={state.failure} testId="link-failure" />}
      </div>
    </Panel>
  );
}
