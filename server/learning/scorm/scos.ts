import type { Sco } from '../../../src/lib/domain/documents/package-descriptor.ts';
import { resolve } from '../epub/paths.ts';
import { elementsOf, findAll, type XmlElement } from '../epub/xml.ts';
import { Names, oneLine } from '../text.ts';
import { ImportRefused } from '../types.ts';
import { MANIFEST, type PackageFiles } from './files.ts';
import { factOf, type Item, type Manifest } from './manifest.ts';

/** What learners launch, in the order of the manifest. @throws ImportRefused */
export function scosOf(manifest: Manifest, files: PackageFiles): { sco: Sco; item: Item }[] {
  const names = new Names();
  return manifest.items.map((item, index) => {
    const resource = manifest.resources.get(item.resource);
    const href = resource?.href ?? '';
    const { launch, tail } = findLaunch(href, files);
    const title = oneLine(item.title, 300) || oneLine(manifest.title, 300) || launch;
    const sco: Sco = {
      id: names.give(item.id, `bagian-${index + 1}`),
      title,
      launch,
      ...parametersOf(tail, item.parameters),
      reports: manifest.standard !== 'html' && (resource?.reports ?? false),
      ...(manifest.standard === 'scorm12' ? facts12(item.facts) : facts2004(item.facts))
    };
    return { sco, item };
  });
}

function findLaunch(href: string, files: PackageFiles): { launch: string; tail: string } {
  const target = resolve('', href.replaceAll('\\', '/'));
  if (target.kind === 'outside')
    throw new ImportRefused('unreadable', `${MANIFEST} launches ${href}, which is not in the package but elsewhere.`);
  const launch = files.find(target.path);
  if (launch === undefined)
    throw new ImportRefused('unreadable', `${MANIFEST} launches ${target.path}, which is not in the package.`);
  return { launch: launch.normalize('NFC'), tail: /[?#].*$/s.exec(href)?.[0] ?? '' };
}

/** SCORM 2004 CAM 3.4.1.4: parameters are joined with the address, a fragment stays at its end. */
function parametersOf(tail: string, parameters: string): Pick<Sco, 'parameters'> {
  const [query = '', fragment = ''] = split(tail);
  const [more = '', place = ''] = split(
    parameters.startsWith('#') ? parameters : `?${parameters.replace(/^[?&]/, '')}`
  );
  const joined = [query.slice(1), more.slice(1)].filter(Boolean).join('&');
  const all = `${joined && `?${joined}`}${place || fragment}`;
  return all === '' ? {} : { parameters: all.slice(0, 1_000) };
}

const split = (tail: string): [string, string] => {
  const at = tail.indexOf('#');
  return at < 0 ? [tail, ''] : [tail.slice(0, at), tail.slice(at)];
};

function facts12(item: XmlElement): Partial<Sco> {
  const mastery = Number(own(item, 'masteryscore'));
  const launchData = own(item, 'datafromlms');
  const maxTime = own(item, 'maxtimeallowed');
  const action = own(item, 'timelimitaction');
  return {
    ...(mastery > 0 && mastery <= 100 && { masteryScore: mastery / 100 }),
    ...(launchData && { launchData: launchData.slice(0, 4_000) }),
    ...(maxTime && { maxTime: maxTime.slice(0, 40) }),
    ...(action && { timeLimitAction: action.slice(0, 40) })
  };
}

function facts2004(item: XmlElement): Partial<Sco> {
  const launchData = own(item, 'dataFromLMS');
  const action = own(item, 'timeLimitAction');
  const sequencing = elementsOf(item, 'sequencing')[0];
  const primary = sequencing && findAll(sequencing, 'primaryObjective')[0];
  const measured = primary?.attributes.get('satisfiedByMeasure') === 'true';
  const mastery = measured ? Number(factOf(primary, 'minNormalizedMeasure') ?? 1) : undefined;
  const threshold = elementsOf(item, 'completionThreshold')[0];
  const progress = Number(
    threshold?.attributes.get('minProgressMeasure') ?? (threshold && own(item, 'completionThreshold'))
  );
  const limits = sequencing && findAll(sequencing, 'limitConditions')[0];
  const objectives = sequencing
    ? findAll(sequencing, 'primaryObjective', 'objective').flatMap(({ attributes }) => {
        const id = oneLine(attributes.get('objectiveID') ?? attributes.get('objectiveId') ?? '', 1_000);
        return id === '' ? [] : [id];
      })
    : [];
  const maxTime = limits?.attributes.get('attemptAbsoluteDurationLimit');
  return {
    ...(objectives.length > 0 && { objectives: [...new Set(objectives)].slice(0, 500) }),
    ...(mastery !== undefined && mastery >= 0 && mastery <= 1 && { masteryScore: mastery }),
    ...(progress >= 0 && progress <= 1 && { completionThreshold: progress }),
    ...(launchData && { launchData: launchData.slice(0, 4_000) }),
    ...(maxTime && { maxTime: maxTime.slice(0, 40) }),
    ...(action && { timeLimitAction: action.slice(0, 40) })
  };
}

/** Text of a child, not of what lies below other items. */
const own = (item: XmlElement, name: string): string | undefined => {
  const child = elementsOf(item, name)[0];
  return child && factOf({ name: '', attributes: new Map(), children: [child] }, name);
};
