import { useState } from "react";
import type { LinkSigning, LinkStatus, SigningPolicy } from "../../../src/contract/linkMessages.js";
import { useText } from "../../app/text.js";
import { useFormat } from "../../app/useFormat.js";
import { useLatest } from "../../bridge/latest.js";
import { useStation } from "../../bridge/StoresContext.js";
import { Panel } from "../../ui/Panel.js";
import { Segments } from "../../ui/Segments.js";
import { SelectField } from "../../ui/SelectField.js";
import { FailureToast } from "../FailureToast.js";
import { useAsk } from "../useAsk.js";
import type { KeyNames } from "./keyNames.js";

const POLICIES: readonly SigningPolicy[] = ["off", "sign", "require"];

type Signed = Pick<LinkStatus, "name" | "uri" | "signing">;

/**
 * Signing settings change rarely; counters are rounded to hundreds so that they do not re-render ten times a second.
 */
function useSigned(): readonly Signed[] {
  const rounded = (count: number): number => (count < 1000 ? count : Math.floor(count / 100) * 100);
  return useLatest(useStation().links, (links) =>
    links.map(({ name, uri, signing }) => ({
      name,
      uri,
      signing: {
        ...signing,
        countOfSigned: rounded(signing.countOfSigned),
        countOfUnsigned: rounded(signing.countOfUnsigned),
      },
    })),
  );
}

function Counts({ signing }: { readonly signing: LinkSigning }) {
  const t = useText();
  const format = useFormat();
  const { countOfSigned, countOfUnsigned, countOfRefused } = signing;
  return (
    <small className="setup-tone" data-tone={countOfRefused > 0 ? "danger" : undefined}>
      {countOfRefused > 0 && "■ "}
      {t("setup.policy.counts", {
        signed: format.numberText(countOfSigned),
        unsigned: format.numberText(countOfUnsigned),
        refused: format.numberText(countOfRefused),
      })}
    </small>
  );
}

function LinkPolicy({ link, keys }: { readonly link: Signed; readonly keys: KeyNames | undefined }) {
  const t = useText();
  const format = useFormat();
  const { state, ask } = useAsk();
  const { policy, keyName } = link.signing;
  const [chosenKey, setChosenKey] = useState(keyName ?? "");
  const names = keys?.names ?? [];
  const key = names.includes(chosenKey) ? chosenKey : (keyName ?? names[0] ?? "");
  const set = (nextPolicy: SigningPolicy, nextKey: string): void => {
    void ask({
      kind: "set-link-signing",
      linkName: link.name,
      policy: nextPolicy,
      keyName: nextPolicy === "off" || nextKey === "" ? undefined : nextKey,
    });
  };
  const isWithoutKey = names.length === 0;
  return (
    <li data-testid={`policy-${link.name}`}>
      <code title={link.uri}>{link.uri}</code>
      <Segments
        label={format.labelled(t("setup.policy.policy"), link.uri)}
        selected={policy}
        onSelect={(next) => {
          if (next === "off" || !isWithoutKey) set(next, key);
        }}
        testId={`policy-${link.name}`}
        options={POLICIES.map((id) => ({
          id,
          label: t(`setup.policy.${id}`),
          title: id !== "off" && isWithoutKey ? t("setup.policy.key.first") : t(`setup.policy.${id}.note`),
        }))}
      />
      <SelectField
        label={t("setup.policy.key")}
        isLabelHidden
        selected={key}
        disabledBecause={isWithoutKey ? t("setup.policy.key.first") : undefined}
        options={[
          ...(key === "" ? [{ id: "", label: t("setup.policy.key.none") }] : []),
          ...names.map((name) => ({ id: name, label: name })),
        ]}
        onSelect={(next) => {
          setChosenKey(next);
          if (policy !== "off") set(policy, next);
        }}
        testId={`policy-key-${link.name}`}
      />
      <Counts signing={link.signing} />
      <small>{isWithoutKey ? t("setup.policy.key.first") : t(`setup.policy.${policy}.note`)}</small>
      {state.kind === "failed" && <FailureToast failure={state.failure} />}
    </li>
  );
}

/** How each link treats messages that are not signed with our key. */
export function PolicyPanel({ keys }: { readonly keys: KeyNames | undefined }) {
  const t = useText();
  const links = useSigned();
  return (
    <Panel title={t("setup.policy.title")} testId="policies">
      {links.length === 0 && <p className="setup-dim">{t("setup.policy.none")}</p>}
      <ul className="setup-policies">
        {links.map((link) => (
          <LinkPolicy key={link.name} link={link} keys={keys} />
        ))}
      </ul>
    </Panel>
  );
}
