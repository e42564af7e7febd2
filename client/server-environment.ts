/**
 * What the language server is started with besides the editor's own variables. glibc's allocator keeps what a thread freed, more of it with each large block, unless it is told
 * how much it may keep: forty megabytes in all. Other systems' allocators do not look at it.
 */
export const SERVER_ENVIRONMENT: Readonly<Record<string, string>> = { MALLOC_TRIM_THRESHOLD_: '131072' };
