/** Names and what is known of each, as rows; a name stands once. */
export function FactList({ rows }: { readonly rows: readonly (readonly [name: string, words: string])[] }) {
  return (
    <dl>
      {rows.map(([name, words]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{words}</dd>
        </div>
      ))}
    </dl>
  );
}
