#!/usr/bin/perl
# Ranks the words of a Dutch spelling list by how much of the language is built from them, best first, one a line:
# a word that stands in many compounds ("water", "huis") is one that people know, and so is a compound of two such
# words ("waterbak"). Leaves out inflected forms.
# Usage: rank-dutch.pl < /usr/share/dict/dutch
use strict;
use warnings;

my %known;
while (<STDIN>) {
  chomp;
  $known{$_} = 1 if /^[a-z]{3,}$/;
}

# How many other words are this word and a second one, with or without a joining s; and the parts of each.
my (%compounds, %parts);
for my $word (keys %known) {
  for my $at (3 .. length($word) - 3) {
    my ($head, $tail) = (substr($word, 0, $at), substr($word, $at));
    next unless $known{$tail};
    $head =~ s/s$// unless $known{$head};
    next unless $known{$head};
    $compounds{$head}++;
    $compounds{$tail}++;
    push @{$parts{$word}}, [$head, $tail] if length $word < 10;
  }
}

# The plural or infinitive of a stem: boom, bomen; kat, katten; reis, reizen.
sub with_en {
  my ($stem) = @_;
  my @forms = ("${stem}en");
  push @forms, "$1$2$2en" if $stem =~ /^(.*[aeiou])([^aeiou])$/;
  push @forms, "$1$2$3en" if $stem =~ /^(.*)([aeou])\2([^aeiou])$/;
  push @forms, map { s/fen$/ven/r, s/sen$/zen/r } @forms;
  return grep { $known{$_} } @forms;
}

sub has_diminutive {
  my ($word) = @_;
  return 1 if grep { $known{"$word$_"} } qw(je tje etje pje);
  return 1 if $word =~ /^(.*)ng$/ && $known{"$1nkje"};
  return $word =~ /([^aeiou])$/ && $known{"$word$1etje"};
}

# The forms that a noun, a verb or an adjective brings along.
my (%noun, %form);
for my $word (keys %known) { $noun{$word} = 1 if has_diminutive($word); }
for my $word (keys %known) {
  my @with_en = with_en($word);
  $form{"$word$_"} = 1 for qw(je jes tje tjes etje etjes pje pjes);
  if ($word =~ /ng$/) { (my $stem = $word) =~ s/g$/k/; $form{"${stem}je"} = $form{"${stem}jes"} = 1; }
  if ($noun{$word}) { $form{$_} = 1 for @with_en, "${word}s"; }
  if (@with_en && $known{"${word}t"} || @with_en && $word =~ /[dt]$/) {
    $form{$word} = 1 unless $noun{$word};
    for my $ending (qw(t te ten de den)) { $form{"$word$ending"} = 1 unless $noun{"$word$ending"}; }
    $form{"ge$word$_"} = 1 for '', qw(t d te de);
    for my $verb (@with_en) { $form{"${verb}$_"} = 1 for qw(d de); $form{"ge$verb"} = 1; }
  }
  if ($known{"${word}e"}) { $form{"$word$_"} = 1 for qw(e er ere ers st ste s); }
  if ($known{"${word}s"}) { $form{"${word}s"} = 1; }
  if ($word =~ /^(.*)(?:er|ing)$/) { $form{"${word}$_"} = 1 for qw(s en); }
  if ($word =~ /^(.*)eren$/) { $form{"$1eer$_"} = 1 for '', qw(t de den d); $form{"ge$1eerd$_"} = 1 for '', 'e'; }
  if ($word =~ /^(.*[^aeiou])([aeou])([^aeiou])$/) { $form{"$1$2$2$3e"} = 1; }
}

my @ranked = grep { /^[a-z]{4,9}$/ && ($noun{$_} || $compounds{$_} && !$form{$_}) } keys %known;

sub weight {
  my ($word) = @_;
  my $weight = ($compounds{$word} // 0) * ($noun{$word} ? 3 : 1);
  for my $pair (@{$parts{$word} // []}) {
    my ($less) = sort { $a <=> $b } map { $compounds{$_} } @$pair;
    my $as_compound = $noun{$word} ? $less / 20 : $less / 60;
    $weight = $as_compound if $as_compound > $weight;
  }
  return $weight;
}

my %weight = map { $_ => weight($_) } @ranked;
print "$_\n" for sort { $weight{$b} <=> $weight{$a} || $a cmp $b } @ranked;
