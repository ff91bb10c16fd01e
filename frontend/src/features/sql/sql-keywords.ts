/** The words that SQL is coloured and completed with, separated by spaces. */
export const SQL_KEYWORDS =
  'select from where with as and or not in is null on join inner left right full outer cross union all group by ' +
  'having order asc desc nulls first last limit offset case when then else end between like ilike rlike exists ' +
  'distinct insert into overwrite values update set delete merge using matched create table replace qualify over ' +
  'partition rows range preceding following lateral flatten sample pivot unpivot intersect except true false cast ' +
  'try_cast interval recursive';
