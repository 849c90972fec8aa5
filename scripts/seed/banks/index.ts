import type { Situation } from '../bank.ts';
import { clinicHealth } from './clinic-health.ts';
import { clinicStories } from './clinic-stories.ts';
import { everyoneLearning } from './everyone-learning.ts';
import { everyoneOffice } from './everyone-office.ts';
import { everyoneOpen } from './everyone-open.ts';
import { nation } from './nation.ts';
import { schoolStories } from './school-stories.ts';
import { schoolTeaching } from './school-teaching.ts';

export const BANK: Situation[] = [
  ...nation,
  ...schoolStories,
  ...schoolTeaching,
  ...clinicStories,
  ...clinicHealth,
  ...everyoneLearning,
  ...everyoneOffice,
  ...everyoneOpen
];
