import type { AppRule } from './native-app';

const CREATE = /^CREATE OR REPLACE PROCEDURE ([^\s(]+)\s?\((.*?)\)/i;
const GRANT = /^GRANT USAGE ON PROCEDURE ([^\s(]+)\s?\((.*?)\) TO APPLICATION ROLE (\S+)$/i;
const ROLE = /^CREATE APPLICATION ROLE IF NOT EXISTS (\S+)$/i;

/** The procedures that the manifest names exist with the arguments that Snowflake gives, and all procedures are somebody's to call. */
export const callbackProblems: AppRule = ({ manifest, statements }) => {
  const texts = statements.map(({ text }) => text);
  const procedures = texts.map((text) => CREATE.exec(text)).filter((match) => match !== null);
  const grants = texts.map((text) => GRANT.exec(text)).filter((match) => match !== null);
  const roles = texts.map((text) => ROLE.exec(text)?.[1]);
  const wanted = [
    ['grant_callback', manifest.configuration.grant_callback, 'ARRAY'],
    ['version_initializer', manifest.lifecycle_callbacks.version_initializer, ''],
  ] as const;
  return [
    ...wanted
      .filter(([, name, types]) => !procedures.some(([, own, args = '']) => own === name && typesOf(args) === types))
      .map(([what, name, types]) => `${what} names ${name}(${types}), which setup.sql does not create`),
    ...procedures
      .filter(([, name, args = '']) => !grants.some(([, own, types]) => own === name && types === typesOf(args)))
      .map(([, name, args = '']) => `Nobody may call ${name}(${typesOf(args)})`),
    ...grants
      .filter(([, name, types]) => !procedures.some(([, own, args = '']) => own === name && typesOf(args) === types))
      .map(([, name, types]) => `setup.sql grants ${name}(${types}), which it does not create`),
    ...texts
      .flatMap((text) => [...text.matchAll(/TO APPLICATION ROLE (\S+)$/gi)].map(([, role = '']) => role))
      .filter((role) => !roles.includes(role))
      .map((role) => `setup.sql grants something to the application role ${role}, which it does not create`),
  ];
};

/** `a ARRAY, b VARCHAR` is granted as `ARRAY, VARCHAR`. */
const typesOf = (args: string): string =>
  args
    .split(',')
    .map((arg) => arg.trim().split(' ').slice(1).join(' ').toUpperCase())
    .join(', ');
