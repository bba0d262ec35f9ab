type BannerWordsProps = { readonly what: string; readonly advice?: string };

/** What happened, then what to do, as one text over two lines; whatever is longer stands in the tooltip. */
export function BannerWords({ what, advice }: BannerWordsProps) {
  return (
    <p className="app-banner__words" title={advice === undefined ? what : `${what} ${advice}`}>
      <strong>{what}</strong> {advice !== undefined && <span>{advice}</span>}
    </p>
  );
}
