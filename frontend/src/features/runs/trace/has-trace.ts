/** Whether nodes of a type are agents of SnowFlow's own, which leave a trace. */
export const hasTrace = (type: string): boolean => type === 'ai.agent' || type === 'ai.supervisor';
