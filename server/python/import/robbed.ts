import type { ModuleFinder } from './finder.ts';

/** For tests: a finder from which some of what we have was taken away, `torch.relu`, `torch.nn.modules.conv`; what is read of libraries stays. */
export function robbed(finder: ModuleFinder, without: (name: string) => boolean): ModuleFinder {
  return {
    find(name) {
      const found = finder.find(name);
      if (found?.kind === 'source')
        return !(found.has || found.ours) || found.file.endsWith('__init__.py') || !without(name)
          ? found
          : { kind: 'opaque', reason: name };
      if (found?.kind !== 'native') return found;
      const { module } = found;
      return {
        kind: 'native',
        module: { ...module, member: wanted => (without(`${name}.${wanted}`) ? undefined : module.member(wanted)) },
      };
    },
  };
}
