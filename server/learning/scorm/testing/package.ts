import { strToU8, zipSync, type Zippable } from 'fflate';
import * as v from 'valibot';
import { packageDescriptor, type PackageDescriptor } from '../../../../src/lib/domain/documents/package-descriptor.ts';
import type { ImportedCourse } from '../../types.ts';

const SPACES_12 =
  'xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2" xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2"';
const SPACES_2004 =
  'xmlns="http://www.imsglobal.org/xsd/imscp_v1p1" xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_v1p3" xmlns:imsss="http://www.imsglobal.org/xsd/imsss"';

interface Recipe {
  version?: '1.2' | '2004 4th Edition';
  title?: string;
  items: string;
  resources: string;
  metadata?: string;
}

/** `imsmanifest.xml` with these items and resources. */
export const manifestOf = ({ version = '1.2', title = 'Paket', items, resources, metadata = '' }: Recipe): string =>
  `<?xml version="1.0"?><manifest identifier="paket" ${version === '1.2' ? SPACES_12 : SPACES_2004}>
<metadata><schema>ADL SCORM</schema><schemaversion>${version}</schemaversion>${metadata}</metadata>
<organizations default="o"><organization identifier="o"><title>${title}</title>${items}</organization></organizations>
<resources>${resources}</resources></manifest>`;

/** A package of one unit that begins with `index.html`. */
export const simple = (more: Partial<Recipe> = {}): string =>
  manifestOf({
    items: '<item identifier="satu" identifierref="r1"><title>Satu</title></item>',
    resources: '<resource identifier="r1" type="webcontent" adlcp:scormtype="sco" href="index.html"/>',
    ...more
  });

export const zip = (files: Record<string, string | Uint8Array>, manifest?: string): Uint8Array => {
  const entries: Zippable = manifest === undefined ? {} : { 'imsmanifest.xml': strToU8(manifest) };
  for (const [name, body] of Object.entries(files)) entries[name] = typeof body === 'string' ? strToU8(body) : body;
  return zipSync(entries);
};

/** The descriptor of a chapter as the device will get it. */
export function descriptorOf(imported: ImportedCourse, index: number): PackageDescriptor {
  const sha256 = imported.course.chapters[index]?.file.sha256;
  const file = imported.files.find((one) => one.sha256 === sha256);
  return v.parse(packageDescriptor, JSON.parse(new TextDecoder().decode(file?.body)));
}
