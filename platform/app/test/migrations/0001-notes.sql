create table notes (
  slug text primary key,
  text text not null
);
insert into notes (slug, text) values ('first', 'The first note');
