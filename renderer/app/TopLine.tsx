import { useCallback, useState } from "react";
import { useLatest, useWhole } from "../bridge/latest.js";
import { useStation, useStore } from "../bridge/StoresContext.js";
import { Tabs } from "../ui/Tabs.js";
import { SettingsMenu } from "./SettingsMenu.js";
import { StatusLine } from "./StatusLine.js";
import { shownUnixUs } from "./stationLoss.js";
import { settingsStore } from "./settings.js";
import { useText } from "./text.js";
import type { FrameKind } from "./frameKind.js";
import { useFormat } from "./useFormat.js";
import { useTick } from "./useTick.js";
import { shownWorkspace } from "./workspace.js";
import { WORKSPACES } from "./workspaces.js";

function Badge({ frame }: { readonly frame: FrameKind }) {
  const t = useText();
  if (frame === "none") return <span className="app-name">VIGIE</span>;
  return (
    <strong className={`app-badge app-badge--${frame}`} title={t(`app.${frame}.title`)} data-testid={`badge-${frame}`}>
      {t(`app.${frame}`)}
    </strong>
  );
}

function TrainingName() {
  const t = useText();
  const { hello } = useStation();
  const name = useLatest(hello, (value) => value?.training?.scenarioName);
  const seed = useLatest(hello, (value) => value?.training?.seed);
  if (name === undefined || seed === undefined) return null;
  const words = t("app.training", { name, seed });
  return (
    <span className="app-top__training" title={words} data-testid="training-name">
      {words}
    </span>
  );
}

function UtcClock() {
  const station = useStation();
  const format = useFormat();
  const time = useTick(
    useCallback(() => format.utcText(shownUnixUs(station)), [station, format]),
    5,
  );
  return (
    <time className="app-clock" data-testid="utc-clock">
      {time} <small>UTC</small>
    </time>
  );
}

type TopLineProps = {
  readonly frame: FrameKind;
  /** The recording on screen is of simulated aircraft. */
  readonly isReplaySimulated?: boolean | undefined;
};

export function TopLine({ frame, isReplaySimulated }: TopLineProps) {
  const t = useText();
  const workspace = useStore(shownWorkspace);
  const selected = useWhole(workspace);
  const settings = useStore(settingsStore);
  const { language } = useWhole(settings.values);
  const [isMenuOpen, setIsMenuOpen] = useState(false);
  const other = language === "en" ? "fr" : "en";
  return (
    <header className="app-top">
      <div className="app-top__left">
        <Badge frame={frame} />
      </div>
      <Tabs
        label={t("app.workspaces")}
        tabs={WORKSPACES.map(({ id, shortcut, titleKey }) => ({ id, shortcut, label: t(titleKey) }))}
        selected={selected}
        onSelect={(id) => workspace.set(id)}
      />
      <div className="app-top__middle">
        {frame === "replay" && isReplaySimulated && <Badge frame="simulation" />}
        {frame !== "replay" && <TrainingName />}
      </div>
      <div className="app-top__right">
        <StatusLine />
        <UtcClock />
        <button
          type="button"
          className="app-icon"
          title={t("app.language")}
          data-testid="language"
          lang={other}
          onClick={() => settings.change({ language: other })}
        >
          <span className="ui-visually-hidden" lang={language}>
            {t("app.language")}
          </span>
          {language === "en" ? "EN·fr" : "en·FR"}
        </button>
        <button
          type="button"
          className="app-icon"
          aria-expanded={isMenuOpen}
          data-testid="settings"
          onClick={() => setIsMenuOpen((open) => !open)}
        >
          {t("app.settings")}
        </button>
        {isMenuOpen && <SettingsMenu onClose={() => setIsMenuOpen(false)} />}
      </div>
    </header>
  );
}
