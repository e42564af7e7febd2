/** A verdict as the real libraries’ are recorded, with what it does not have: `unknown`, `blame`, `mismatches`, `from`. */
import type { ModelError, Verdict } from '../../model/verdict.ts';

/** `shorten`: paths of this machine to names of libraries' folders. */
export function verdictRecord(verdict: Verdict, shorten: (text: string) => string = text => text): Record<string, unknown> {
  const {
    ok,
    stage,
    size,
    parameters,
    parametersByPart,
    macs,
    outputs,
    strides,
    stateDictSha256,
    stateDict,
    mismatches,
    unknown,
    facts,
    from,
  } = verdict;
  return {
    ok,
    stage,
    error: verdict.error && errorRecord({ ...verdict.error, message: shorten(verdict.error.message) }),
    size,
    ...(parameters !== null && { parameters, parameters_by_part: parametersByPart, state_dict_sha256: stateDictSha256 }),
    ...(stateDict && { state_dict: Object.fromEntries(stateDict.map(([name, shape]) => [name, shape])) }),
    ...(Object.keys(outputs).length > 0 && { outputs, strides }),
    ...(macs !== null && { macs }),
    ...(unknown !== null && { unknown }),
    ...(verdict.partsError && { parts_error: errorRecord({ ...verdict.partsError, message: shorten(verdict.partsError.message) }) }),
    ...(facts !== null && { facts }),
    ...(mismatches[0] && { blame: mismatches[0].blame }),
    ...(mismatches.length > 0 && {
      mismatches: mismatches.map(({ kind, error, blame, expected, got, stride }) => ({
        kind,
        error: errorRecord(error),
        blame,
        expected,
        got,
        stride,
      })),
    }),
    from,
  };
}

/** mmrotate, mmpose, mmrazor are mmyolo's optional companions: that one is missing says something about the machine, nothing about the config. */
function errorRecord({ type, message, where, class: owner, at, source }: ModelError): Record<string, unknown> {
  const missing = /\b(mmrotate|mmpose|mmrazor)\b/.exec(message)?.[1];
  return { type, message, where, class: owner, ...(at !== null && { at, source }), ...(missing && { missing_package: missing }) };
}
