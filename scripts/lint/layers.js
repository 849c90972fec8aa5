/**
 * The layer rule of docs/architecture.md: domain ← vault ← store ← sync ← features ← routes; `ui` knows none of them;
 * the server may import `domain` only. Between layers imports are written `$lib/<layer>/…`.
 */
const ORDER = ['domain', 'vault', 'store', 'sync', 'features'];

const rule = (files, forbidden, message) => ({
  files: files.map((place) => `${place}/**/*.{ts,js,svelte}`),
  rules: {
    'no-restricted-imports': ['error', { patterns: forbidden.map((regex) => ({ regex, message })) }]
  }
});

const layer = (name) => `(\\$lib/|(\\.\\./)+)${name}/`;

export const layerRules = [
  ...ORDER.map((name, index) =>
    rule(
      [`src/lib/${name}`],
      [
        ...ORDER.slice(index + 1).map(layer),
        ...(name === 'features' ? [] : [layer('ui'), layer('paraglide'), '^svelte(/|$)', '^\\$app/']),
        'src/routes',
        '/server/'
      ],
      `${name} may import only layers below it (docs/architecture.md)`
    )
  ),
  rule(['src/lib/ui'], [...ORDER.map(layer), 'src/routes', '/server/'], 'ui knows no other layer'),
  rule(['src/routes'], ['/server/'], 'the app does not import the server'),
  rule(['server'], ['\\$lib/', 'src/routes', 'src/lib/(?!domain/)'], 'the server may import src/lib/domain only')
];
