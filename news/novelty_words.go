package news

import "strconv"

// words tells a figure in English words of comparison, "at least 19 killed".
func (f Figure) words() string {
	number := f.number()
	if number == "" {
		return f.What
	}
	switch f.Qualifier {
	case AtLeast:
		number = "at least " + number
	case About:
		number = "about " + number
	case UpTo:
		number = "up to " + number
	case MoreThan:
		number = "more than " + number
	case FewerThan:
		number = "fewer than " + number
	}
	if f.Unit != "" && f.Unit != "people" {
		return number + " " + f.Unit
	}
	return number + " " + f.What
}

func (f Figure) number() string {
	switch {
	case f.Min != nil && f.Max != nil && *f.Min != *f.Max:
		return "between " + strconv.Itoa(*f.Min) + " and " + strconv.Itoa(*f.Max)
	case f.Min != nil:
		return strconv.Itoa(*f.Min)
	case f.Max != nil:
		return strconv.Itoa(*f.Max)
	default:
		return ""
	}
}
