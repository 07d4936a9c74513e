#!/usr/bin/perl
# Chooses one list of 7,776 words: reads candidates (best first) on standard input, one a line, and writes the chosen
# ones. Leaves out what a screen names, and every word that could be taken for one chosen before it.
# Usage: choose.pl LANGUAGE SCREENED OTHER_SCREENED DROPPED HOMOPHONES < candidates
use strict;
use warnings;

my $wanted = 7776;
my ($language, $screened, $other_screened, $dropped, $homophones) = @ARGV;
@ARGV == 5 or die "usage: choose.pl LANGUAGE SCREENED OTHER_SCREENED DROPPED HOMOPHONES < candidates\n";

sub lines_of {
  my ($path) = @_;
  open my $file, '<', $path or die "$path: $!\n";
  my @lines = grep { !/^#/ && /\S/ } <$file>;
  chomp @lines;
  return @lines;
}

# `stem*`, `*end`, `*part*` or a whole word, as a regular expression.
sub pattern {
  my ($text) = @_;
  $text =~ /^\*?[a-z]+\*?$/ or die "not a pattern: '$text'\n";
  my $head = $text =~ s/^\*// ? '' : '^';
  my $tail = $text =~ s/\*$// ? '' : '$';
  return "$head$text$tail";
}

# Two words with the same key are said, or easily written, the same way. English has no such rule: see homophones-en.txt.
sub sound {
  my ($word) = @_;
  return $word if $language eq 'en';
  for ($word) {
    s/ij/ei/g; s/y/i/g; s/ou/au/g; s/auw/au/g; s/sch$/s/; s/isch/is/g; s/ch/g/g; s/ph/f/g; s/th/t/g; s/qu/kw/g;
    s/c(?=[eiy])/s/g; s/c/k/g; s/x/ks/g; s/z/s/g; s/v/f/g; s/ea/ie/g; s/oe/u/g; s/d(t?)$/t/; s/b$/p/; s/([a-z])\1/$1/g;
  }
  return $word;
}

# Every spelling that one slip of the pen makes: a letter left out, changed, added, or two changed about.
sub slips {
  my ($word) = @_;
  my $length = length $word;
  my @slips;
  for my $at (0 .. $length) {
    my ($head, $tail) = (substr($word, 0, $at), substr($word, $at));
    push @slips, map { "$head$_$tail" } 'a' .. 'z';
    next if $at == $length;
    my $rest = substr $tail, 1;
    push @slips, "$head$rest", map { "$head$_$rest" } 'a' .. 'z';
    push @slips, $head . reverse(substr $tail, 0, 2) . substr($tail, 2) if $at < $length - 1;
  }
  return @slips;
}

# The other forms of the same word: a list with "paint" has neither "painting" nor "painted".
sub roots {
  my ($word) = @_;
  my @endings = $language eq 'en'
    ? qw(s es d ed r er ers or ing ings ly y ily iness ness able ably ies ied ier iers iest est ful)
    : qw(s es e en de te den ten t er ers end ende ing ingen je jes tje pje etje st ste ig ige lijk heid);
  my %roots = ($word => 1);
  for my $ending (@endings) {
    next unless $word =~ /^([a-z]{3,})$ending$/;
    my $root = $1;
    $roots{$root} = 1;
    $roots{"$root" . 'e'} = 1 if $language eq 'en';
    $roots{"$root" . 'y'} = 1 if $language eq 'en' && $ending =~ /^i/;
    if ($language eq 'nl' && $root =~ /^(.*[^aeiou])([aeou])([^aeiou])$/) { $roots{"$1$2$2$3"} = 1; }
    $roots{"$1"} = 1 if $root =~ /^(.*([^aeiou]))\2$/;
    if ($language eq 'nl') {
      for my $form (keys %roots) {
        (my $hard = $form) =~ s/v$/f/; $hard =~ s/z$/s/;
        $roots{$hard} = 1;
      }
    }
  }
  if ($language eq 'nl' && $word =~ /^ge([a-z]{3,}?)(?:d|t|en)$/) { $roots{$1} = 1; }
  return keys %roots;
}

my %whole_words = map { $_ => 1 } grep { /^[a-z]+$/ } lines_of($other_screened);
my $screen = join '|', map { pattern($_) } lines_of($screened);
my $dropped_words = join('|', map { pattern($_) } map { split } lines_of($dropped)) || '(?!)';
my %groups;
for my $line (lines_of($homophones)) {
  my @group = split ' ', $line;
  for my $word (@group) { push @{$groups{$word}}, grep { $_ ne $word } @group; }
}

my (%chosen, %sounds, %rooted, @order);
while (my $word = <STDIN>) {
  chomp $word;
  next if $chosen{$word} || $whole_words{$word} || $word =~ /$screen|$dropped_words/;
  next if $sounds{sound($word)};
  next if grep { $chosen{$_} } slips($word), @{$groups{$word} // []};
  my @roots = roots($word);
  next if grep { $rooted{$_} || /$screen/ } @roots;
  next if grep { /$dropped_words/ && length($word) - length($_) < 3 } @roots;
  $chosen{$word} = $sounds{sound($word)} = 1;
  $rooted{$_} = 1 for @roots;
  push @order, $word;
  last if @order == $wanted;
}
@order == $wanted or warn "only " . scalar(@order) . " words of $wanted for $language\n";
print "$_\n" for @order;
exit(@order == $wanted ? 0 : 1);
