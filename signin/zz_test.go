package signin_test
var stat = map[string]int{}
func init() { println("x") }
