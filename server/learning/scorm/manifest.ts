import { elementsOf, findAll, parseXml, textIn, type XmlElement } from '../epub/xml.ts';
import { ImportRefused } from '../types.ts';
import { MANIFEST } from './files.ts';

export interface Resource {
  id: string;
  /** Address of its first page, relative to the package; undefined when it is a bundle of files only. */
  href: string | undefined;
  files: string[];
  dependencies: string[];
  reports: boolean;
}

export interface Item {
  id: string;
  title: string;
  resource: string;
  parameters: string;
  facts: XmlElement;
}

export interface Manifest {
  standard: 'scorm12' | 'scorm2004' | 'html';
  root: XmlElement;
  title: string;
  items: Item[];
  resources: Map<string, Resource>;
}

/** Reads `imsmanifest.xml` (IMS Content Packaging 1.1 with ADL's extensions). @throws ImportRefused */
export function readManifest(bytes: Uint8Array): Manifest {
  const root = parseXml(asUtf8(bytes), MANIFEST);
  if (root.name !== 'manifest') throw new ImportRefused('unreadable', `${MANIFEST} is no manifest but <${root.name}>.`);
  const resources = readResources(root);
  const organization = mainOrganization(root);
  const items = organization ? readItems(organization) : [];
  const launched = items.filter(({ resource }) => resources.get(resource)?.href);
  return {
    standard: standardOf(root, [...resources.values()]),
    root,
    title: titleOf(organization),
    items: launched.length > 0 ? launched : itemsOfResources(resources),
    resources
  };
}

/** Manifests without a declaration are often written in the code page of their maker's machine. */
function asUtf8(bytes: Uint8Array): Uint8Array {
  const head = Buffer.from(bytes.subarray(0, 200)).toString('latin1');
  const declared = /encoding\s*=\s*["']([^"']+)/.exec(head)?.[1]?.toLowerCase() ?? 'utf-8';
  if (declared !== 'utf-8' || bytes[0] === 0xff || bytes[0] === 0xfe) return bytes;
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return bytes;
  } catch {
    return new TextEncoder().encode(new TextDecoder('windows-1252').decode(bytes));
  }
}

function standardOf(root: XmlElement, resources: Resource[]): Manifest['standard'] {
  const version = elementsOf(root, 'metadata')
    .flatMap((metadata) => elementsOf(metadata, 'schemaversion'))
    .map(textIn)
    .join(' ');
  if (/2004|1\.3/.test(version)) return 'scorm2004';
  if (/^\s*1\.2/.test(version)) return 'scorm12';
  const names = [...root.attributes.values()].join(' ');
  if (/adlcp_v1p3|imscp_v1p1|adlseq/.test(names)) return 'scorm2004';
  if (/adlcp_rootv1p2|imscp_rootv1p1p2/.test(names)) return 'scorm12';
  return resources.some(({ reports }) => reports) ? 'scorm12' : 'html';
}

function mainOrganization(root: XmlElement): XmlElement | undefined {
  const organizations = elementsOf(root, 'organizations')[0];
  if (!organizations) return undefined;
  const all = elementsOf(organizations, 'organization');
  const wanted = organizations.attributes.get('default');
  return all.find(({ attributes }) => attributes.get('identifier') === wanted) ?? all[0];
}

const titleOf = (element: XmlElement | undefined): string => {
  const title = element && elementsOf(element, 'title')[0];
  return title ? textIn(title) : '';
};

/** Items that launch something, in the order of the tree; hidden ones are not offered to learners. */
function readItems(parent: XmlElement): Item[] {
  return elementsOf(parent, 'item').flatMap((item) => {
    const resource = item.attributes.get('identifierref') ?? '';
    const hidden = item.attributes.get('isvisible') === 'false';
    const own: Item[] =
      resource === '' || hidden
        ? []
        : [
            {
              id: item.attributes.get('identifier') ?? '',
              title: titleOf(item),
              resource,
              parameters: (item.attributes.get('parameters') ?? '').trim(),
              facts: item
            }
          ];
    return [...own, ...readItems(item)];
  });
}

/** A manifest without an organization that launches: its units, or its first page. */
function itemsOfResources(resources: Map<string, Resource>): Item[] {
  const all = [...resources.values()].filter(({ href }) => href !== undefined);
  const units = all.filter(({ reports }) => reports);
  const chosen = units.length > 0 ? units : all.slice(0, 1);
  const facts: XmlElement = { name: 'item', attributes: new Map(), children: [] };
  return chosen.map(({ id }) => ({ id, title: '', resource: id, parameters: '', facts }));
}

function readResources(root: XmlElement): Map<string, Resource> {
  const found = new Map<string, Resource>();
  const outer = baseOf(root);
  for (const group of elementsOf(root, 'resources')) {
    const base = outer + baseOf(group);
    for (const resource of elementsOf(group, 'resource')) {
      const { attributes } = resource;
      const id = attributes.get('identifier') ?? '';
      const prefix = base + baseOf(resource);
      const href = attributes.get('href')?.trim();
      const kind = (attributes.get('scormtype') ?? attributes.get('scormType') ?? '').toLowerCase();
      found.set(id, {
        id,
        href: href ? place(prefix, href) : undefined,
        files: elementsOf(resource, 'file').map((file) => place(prefix, file.attributes.get('href') ?? '')),
        dependencies: elementsOf(resource, 'dependency').map((other) => other.attributes.get('identifierref') ?? ''),
        reports: kind === 'sco'
      });
    }
  }
  return found;
}

const place = (prefix: string, href: string): string =>
  /^[a-z][a-z0-9+.-]*:|^\//i.test(href) ? href : prefix + href.replaceAll('\\', '/');

/** `xml:base`, as a folder. */
const baseOf = ({ attributes }: XmlElement): string => {
  const base = (attributes.get('base') ?? '').trim().replaceAll('\\', '/');
  return base === '' || base.endsWith('/') ? base : `${base}/`;
};

/** The text of the first element of this name below, in any case of its letters. */
export const factOf = (parent: XmlElement, ...names: string[]): string | undefined => {
  const found = findAll(parent, ...names)[0];
  return found && (textIn(found) || undefined);
};
