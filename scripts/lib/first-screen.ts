import { existsSync, realpathSync } from 'node:fs';
import path from 'node:path';

interface ModuleInfo {
  code: string | null;
  importedIds: readonly string[];
}

interface Graph {
  getModuleInfo(id: string): ModuleInfo | null;
}

/** Where the first screen begins: what SvelteKit starts with, the frame around all pages, the first page. */
const ROOTS = [
  'node_modules/@sveltejs/kit/src/runtime/client/entry.js',
  '.svelte-kit/generated/client-optimized/app.js',
  'src/routes/+layout.svelte',
  'src/routes/+layout.ts',
  'src/routes/feed/+page.svelte'
].map((file) => realpath(path.resolve(file)));

/** SvelteKit writes some of them while it builds. */
function realpath(file: string): string {
  return existsSync(file) ? realpathSync(file) : file;
}

/** Modules that only pass on what others ask of them by name: `ui/icons/arrow-left.ts` is asked for as `arrowLeft`. */
const PASSED_ON = /src\/lib\/(paraglide\/messages|ui)\/.*\.(js|ts|svelte)$/;

/** Modules that name all the others, so that being named there says nothing. */
const LIST = /(paraglide\/messages\/_index|paraglide\/messages|ui\/index|ui\/icons\/index)\.(js|ts)$/;

const withoutQuery = (id: string): string => id.replace(/\?.*$/, '').replaceAll('\\', '/');

/** The names under which a passed-on module can be asked for: as it is, in camel case, and as a component. */
function namesOf(file: string): string[] {
  const base = path.basename(file).replace(/(\.svelte)?\.(js|ts|svelte)$/, '');
  const camel = base.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
  return [base, camel, camel.charAt(0).toUpperCase() + camel.slice(1)];
}

/**
 * Tells which modules the first screen draws with: all that its roots import statically, and of messages, icons and
 * components those that it names. Everything else comes with the page that needs it.
 */
export function firstScreen(): (id: string, graph: Graph) => boolean {
  let needed: Set<string> | undefined;
  const find = (graph: Graph): Set<string> => {
    const found = new Set<string>();
    const waiting = new Map<string, string>();
    const words = new Set<string>();
    const open = [...ROOTS];
    const take = (id: string): void => {
      const info = found.has(id) ? null : graph.getModuleInfo(id);
      if (!info) return;
      found.add(id);
      open.push(...info.importedIds);
      if (!LIST.test(withoutQuery(id))) for (const word of info.code?.match(/[A-Za-z_]\w*/g) ?? []) words.add(word);
    };
    while (open.length > 0) {
      for (const id of open.splice(0)) {
        const file = withoutQuery(id);
        if (PASSED_ON.test(file) && !LIST.test(file)) waiting.set(id, file);
        else take(id);
      }
      for (const [id, file] of waiting) {
        if (!namesOf(file).some((name) => words.has(name))) continue;
        waiting.delete(id);
        take(id);
      }
    }
    return found;
  };
  return (id, graph) => (needed ??= find(graph)).has(id);
}
