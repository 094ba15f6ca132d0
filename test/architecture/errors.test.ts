import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

import { expect, test } from 'vitest';

import { errorsPage } from '../../scripts/generate/errors-page.mjs';
import { findErrors } from '../../scripts/generate/find-errors.mjs';
import { repository } from './tree.ts';

const errors = findErrors(repository);
const read = (file: string): string => readFileSync(join(repository, file), 'utf8');

test('the catalogue finds errors at all', () => {
  expect(errors.map(({ code }) => code)).toContain('KERNEL_NOT_JSON');
});

test('every error code is unique', () => {
  const codes = errors.map(({ code }) => code);
  expect(codes.filter((code, index) => codes.indexOf(code) !== index)).toEqual([]);
});

test('every error code begins with the name of its folder', () => {
  const isOwn = ({ code, folder }: (typeof errors)[number]): boolean => {
    const word = basename(folder).toUpperCase().replaceAll('-', '_');
    return code.startsWith(`${word}_`) || code.startsWith(`${word.replace(/S$/, '')}_`);
  };
  expect(
    errors.filter((error) => !isOwn(error)).map(({ code, folder }) => `${code} in ${folder}`),
  ).toEqual([]);
});

test('every error class is exported through the front door of its folder', () => {
  const isExported = ({ name, folder }: (typeof errors)[number]): boolean =>
    new RegExp(`\\b${name}\\b`).test(read(`${folder}/index.ts`));
  expect(
    errors.filter((error) => !isExported(error)).map(({ name, folder }) => `${name} in ${folder}`),
  ).toEqual([]);
});

test('every error says what it means and what to do', () => {
  expect(
    errors.filter(({ meaning, hint }) => meaning === '' || hint === '').map(({ code }) => code),
  ).toEqual([]);
});

test('docs/errors.md says what the source says: if the change is meant, run npm run generate', () => {
  for (const { file, text } of errorsPage()) expect(text).toBe(read(file));
});
