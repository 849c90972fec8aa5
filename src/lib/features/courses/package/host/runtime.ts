import { Scorm12API } from 'scorm-again/scorm12/min';
import { Scorm2004API } from 'scorm-again/scorm2004/min';
import { RUNTIME_LIMIT } from '$lib/domain/documents/runtime';
import type { RuntimeReport, Start } from '../protocol';

/** The library says nothing on the console and asks no server; what it holds is told to the app. */
const SETTINGS = { autocommit: false, lmsCommitUrl: false, logLevel: 5 } as const;

/** A package learns nothing of the person: what it does not know it cannot carry away. */
const LEARNER = { id: 'peserta', name: 'Peserta' };

type Tree = { [key: string]: Tree | string | undefined };

export interface RunTime {
  /** Under which name pages look for it. */
  name: 'API' | 'API_1484_11';
  api: object;
  report(): RuntimeReport | undefined;
}

/** The run-time of SCORM 1.2 or 2004 with what was kept of earlier sessions. `changed` is called at every change. */
export function runTime(start: Start, changed: () => void): RunTime | undefined {
  if (start.standard === 'html') return undefined;
  const begun = Date.now();
  const seconds = () => start.seconds + Math.round((Date.now() - begun) / 1_000);
  const kept = parse(start.kept);
  return start.standard === 'scorm12'
    ? scorm12(start, kept, seconds, changed)
    : scorm2004(start, kept, seconds, changed);
}

function scorm12(
  { sco, seconds: before }: Start,
  kept: Tree | undefined,
  seconds: () => number,
  changed: () => void
): RunTime {
  const api = new Scorm12API({ ...SETTINGS, mastery_override: true });
  const core = branch(kept, 'core');
  const again = core['exit'] === 'suspend' || (kept && !/completed|passed|failed/.test(text(core['lesson_status'])));
  load(api, {
    ...kept,
    core: {
      ...core,
      student_id: LEARNER.id,
      student_name: LEARNER.name,
      entry: kept ? (again ? 'resume' : '') : 'ab-initio',
      credit: 'credit',
      lesson_mode: 'normal',
      total_time: clock(before),
      exit: '',
      session_time: ''
    },
    student_data: {
      mastery_score: sco.masteryScore === undefined ? '' : String(sco.masteryScore * 100),
      ...limits(sco)
    },
    launch_data: sco.launchData ?? ''
  });
  let ended = false;
  listen(api, ['LMSSetValue.cmi.*', 'LMSCommit'], changed);
  listen(api, ['LMSFinish'], () => {
    ended = true;
    changed();
  });
  const report = (): RuntimeReport | undefined => {
    const cmi = branch(api.renderCMIToJSONObject(), 'cmi');
    const now = branch(cmi, 'core');
    const score = shareOf(branch(now, 'score'));
    const status = text(now['lesson_status']);
    const completed = /^(?:completed|passed|failed)$/.test(status);
    const mastered =
      sco.masteryScore !== undefined && score !== null && completed ? score >= sco.masteryScore : undefined;
    const success =
      mastered === undefined
        ? status === 'passed' || status === 'failed'
          ? status
          : 'unknown'
        : mastered
          ? 'passed'
          : 'failed';
    return reportOf(cmi, { completed, success, score, seconds: seconds(), ended });
  };
  return { name: 'API', api, report };
}

function scorm2004(
  { sco, seconds: before }: Start,
  kept: Tree | undefined,
  seconds: () => number,
  changed: () => void
): RunTime {
  const api = new Scorm2004API(SETTINGS);
  const again = kept && (kept['exit'] === 'suspend' || kept['completion_status'] !== 'completed');
  load(api, {
    ...kept,
    learner_id: LEARNER.id,
    learner_name: LEARNER.name,
    entry: kept ? (again ? 'resume' : '') : 'ab-initio',
    credit: 'credit',
    mode: 'normal',
    total_time: `PT${before}S`,
    exit: '',
    session_time: '',
    scaled_passing_score: number(sco.masteryScore),
    completion_threshold: number(sco.completionThreshold),
    launch_data: sco.launchData ?? '',
    ...(kept?.['objectives'] ? {} : { objectives: list(sco.objectives ?? []) }),
    ...limits(sco)
  });
  let ended = false;
  listen(api, ['SetValue.cmi.*', 'Commit'], changed);
  listen(api, ['Terminate'], () => {
    ended = true;
    changed();
  });
  const report = (): RuntimeReport | undefined => {
    const cmi = branch(api.renderCMIToJSONObject(), 'cmi');
    const score = shareOf(branch(cmi, 'score'));
    const progress = share(text(cmi['progress_measure']));
    const told = text(cmi['success_status']);
    const mastered = sco.masteryScore !== undefined && score !== null ? score >= sco.masteryScore : undefined;
    const success =
      mastered === undefined
        ? told === 'passed' || told === 'failed'
          ? told
          : 'unknown'
        : mastered
          ? 'passed'
          : 'failed';
    const completed =
      sco.completionThreshold !== undefined && progress !== null
        ? progress >= sco.completionThreshold
        : text(cmi['completion_status']) === 'completed' ||
          (told === 'passed' && text(cmi['completion_status']) === 'unknown');
    return reportOf(cmi, { completed, success, score, seconds: seconds(), ended });
  };
  return { name: 'API_1484_11', api, report };
}

const listen = (api: Scorm12API | Scorm2004API, names: string[], hear: () => void): void =>
  names.forEach((name) => api.on(name, hear));

const load = (api: Scorm12API | Scorm2004API, cmi: Tree): void => api.loadFromJSON(prune(cmi), 'cmi');

/** What was never set must not come back as an empty text. */
function prune(tree: Tree): Tree {
  return Object.fromEntries(
    Object.entries(tree).flatMap(([key, held]) => {
      if (held === undefined || held === '') return [];
      return [[key, typeof held === 'string' ? held : prune(held)]];
    })
  );
}

/** Answers and comments are left out when only they make it too large: what a package goes on with comes first. */
function reportOf(cmi: Tree, facts: Omit<RuntimeReport, 'type' | 'json'>): RuntimeReport | undefined {
  const all = prune(cmi);
  const drop = ['interactions', 'comments_from_learner', 'comments', 'objectives'];
  for (let dropped = 0; dropped <= drop.length; dropped += 1) {
    const json = JSON.stringify(
      Object.fromEntries(Object.entries(all).filter(([key]) => !drop.slice(0, dropped).includes(key)))
    );
    if (json.length <= RUNTIME_LIMIT) return { type: 'state', json, ...facts };
  }
  return undefined;
}

function parse(json: string | null): Tree | undefined {
  if (json === null) return undefined;
  try {
    const found: unknown = JSON.parse(json);
    return typeof found === 'object' && found !== null ? (found as Tree) : undefined;
  } catch {
    return undefined;
  }
}

const branch = (tree: unknown, name: string): Tree => {
  const found: unknown = typeof tree === 'object' && tree !== null ? Reflect.get(tree, name) : undefined;
  return typeof found === 'object' && found !== null ? (found as Tree) : {};
};

const text = (held: unknown): string => (typeof held === 'string' ? held : '');
const number = (held: number | undefined): string => (held === undefined ? '' : String(held));

const share = (held: string): number | null => {
  const found = held === '' ? NaN : Number(held);
  return Number.isFinite(found) ? Math.min(1, Math.max(0, found)) : null;
};

/** The share of points: as the package scaled it, else of the range that it gave, else of a hundred. */
function shareOf(score: Tree): number | null {
  const scaled = share(text(score['scaled']));
  if (scaled !== null) return scaled;
  const raw = text(score['raw']);
  const least = Number(text(score['min'])) || 0;
  const most = Number(text(score['max'])) || 100;
  return raw === '' || most <= least ? null : share(String((Number(raw) - least) / (most - least)));
}

const limits = ({ maxTime, timeLimitAction }: Start['sco']): Tree => ({
  max_time_allowed: maxTime ?? '',
  time_limit_action: timeLimitAction ?? ''
});

const list = (ids: string[]): Tree => Object.fromEntries(ids.map((id, index) => [String(index), { id }]));

/** Seconds as SCORM 1.2 writes spans of time. */
const clock = (seconds: number): string => {
  const two = (part: number) => String(part).padStart(2, '0');
  return `${two(Math.floor(seconds / 3_600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
};
