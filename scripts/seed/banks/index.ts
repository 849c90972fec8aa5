import type { Situation } from '../bank.ts';
import { clinicHealth } from './clinic-health.ts';
import { clinicNotices } from './clinic-notices.ts';
import { clinicStories } from './clinic-stories.ts';
import { everyoneLearning } from './everyone-learning.ts';
import { everyoneOffice } from './everyone-office.ts';
import { everyoneOpen } from './everyone-open.ts';
import { fieldNews } from './field-news.ts';
import { fieldOffices } from './field-offices.ts';
import { longReads } from './long-reads.ts';
import { nation } from './nation.ts';
import { personnel } from './personnel.ts';
import { schoolNotices } from './school-notices.ts';
import { schoolStories } from './school-stories.ts';
import { schoolTeaching } from './school-teaching.ts';
import { townOffices } from './town-offices.ts';

/** Everything that people write about. */
export const BANK: Situation[] = [
  ...nation,
  ...personnel,
  ...schoolStories,
  ...schoolTeaching,
  ...schoolNotices,
  ...clinicStories,
  ...clinicHealth,
  ...clinicNotices,
  ...fieldNews,
  ...fieldOffices,
  ...townOffices,
  ...longReads,
  ...everyoneLearning,
  ...everyoneOffice,
  ...everyoneOpen
];
